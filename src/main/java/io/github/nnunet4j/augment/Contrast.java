package io.github.nnunet4j.augment;

import io.github.nnunet4j.internal.Checks;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Stretches channels about their mean: {@code (x - mean) * factor + mean} (nnU-Net {@code
 * ContrastTransform}, {@code ContrastAugmentationTransform}). The parameters are the factors by
 * channel.
 *
 * @param factor distribution of the factor
 * @param preserveRange true to clamp the result to the range of values before
 * @param channelProbability of each channel to be changed
 * @param shared true to draw one factor for all channels
 */
public record Contrast(
    Draw factor, boolean preserveRange, double channelProbability, boolean shared)
    implements ParametricAugmentation<Map<Integer, Double>> {
  /** Checks the probability. */
  public Contrast {
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
            stretch(buffer.write(Channels.require(channel, buffer)), value.floatValue()));
  }

  private void stretch(float[] voxels, float by) {
    Moments moments = Moments.of(voxels);
    float mean = (float) moments.mean();
    if (preserveRange) {
      Linear.stretch(voxels, mean, by, moments.least(), moments.greatest());
    } else {
      Linear.apply(voxels, by, mean - by * mean);
    }
  }
}
