package io.github.nnunet4j.augment;

import io.github.nnunet4j.internal.Checks;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Adds a number to channels (nnU-Net {@code BrightnessAdditiveTransform}, {@code
 * BrightnessTransform}). The parameters are the numbers by channel.
 *
 * @param shift distribution of the number
 * @param channelProbability of each channel to be changed
 * @param shared true to draw one number for all channels
 */
public record BrightnessShift(Draw shift, double channelProbability, boolean shared)
    implements ParametricAugmentation<Map<Integer, Double>> {
  /** Checks the probability. */
  public BrightnessShift {
    Checks.probability(channelProbability, "probability per channel");
  }

  @Override
  public Map<Integer, Double> draw(int channels, RandomGenerator random) {
    Supplier<Double> value = shared ? Channels.shared(shift, random) : () -> shift.draw(random);
    return Channels.draw(channels, channelProbability, random, value);
  }

  @Override
  public void changeIn(SampleBuffer buffer, Map<Integer, Double> shifts) {
    shifts.forEach(
        (channel, value) ->
            Linear.apply(buffer.write(Channels.require(channel, buffer)), 1, value.floatValue()));
  }
}
