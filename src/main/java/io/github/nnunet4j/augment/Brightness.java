package io.github.nnunet4j.augment;

import io.github.nnunet4j.internal.Checks;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Multiplies channels by a factor (nnU-Net {@code MultiplicativeBrightnessTransform}, {@code
 * BrightnessMultiplicativeTransform}). The parameters are the factors by channel.
 *
 * @param factor distribution of the factor
 * @param channelProbability of each channel to be changed
 * @param shared true to draw one factor for all channels
 */
public record Brightness(Draw factor, double channelProbability, boolean shared)
    implements ParametricAugmentation<Map<Integer, Double>> {
  /** Checks the probability. */
  public Brightness {
    Checks.probability(channelProbability, "probability per channel");
  }

  @Override
  public Map<Integer, Double> draw(int channels, RandomGenerator random) {
    Supplier<Double> value = shared ? Channels.shared(factor, random) : () -> factor.draw(random);
    return Channels.draw(channels, channelProbability, random, value);
  }

  @Override
  public void changeIn(SampleBuffer buffer, Map<Integer, Double> factors) {
    factors.forEach(
        (channel, value) ->
            Linear.apply(buffer.write(Channels.require(channel, buffer)), value.floatValue(), 0));
  }
}
