package io.github.nnunet4j.augment;

import io.github.nnunet4j.internal.Checks;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Raises channels, mapped to 0 to 1 by their range, to a power and maps them back (nnU-Net {@code
 * GammaTransform}). The statistics that can be kept are mean and standard deviation, which v1
 * divides by n and v2 by n - 1. The parameters are the exponents by channel.
 *
 * @param exponent distribution of the exponent, positive
 * @param inverted true to work on the negated image
 * @param retainStatistics true to give the result the mean and standard deviation of before
 * @param channelProbability of each channel to be changed
 * @param edition whose arithmetic
 */
public record Gamma(
    Draw exponent,
    boolean inverted,
    boolean retainStatistics,
    double channelProbability,
    Edition edition)
    implements ParametricAugmentation<Map<Integer, Double>> {
  private static final double SMALLEST = 1e-7;
  private static final double SMALLEST_DEVIATION = 1e-8;

  /** Checks the probability. */
  public Gamma {
    Checks.probability(channelProbability, "probability per channel");
  }

  /**
   * As nnU-Net v2 computes it.
   *
   * @param exponent distribution of the exponent, positive
   * @param inverted true to work on the negated image
   * @param retainStatistics true to give the result the mean and standard deviation of before
   * @param channelProbability of each channel to be changed
   */
  public Gamma(
      Draw exponent, boolean inverted, boolean retainStatistics, double channelProbability) {
    this(exponent, inverted, retainStatistics, channelProbability, Edition.V2);
  }

  @Override
  public Map<Integer, Double> draw(int channels, RandomGenerator random) {
    return Channels.draw(channels, channelProbability, random, () -> exponent.draw(random));
  }

  @Override
  public void changeIn(SampleBuffer buffer, Map<Integer, Double> exponents) {
    exponents.forEach(
        (channel, value) -> {
          Checks.positive(value, "exponent");
          raise(buffer.write(Channels.require(channel, buffer)), value);
        });
  }

  private void raise(float[] voxels, double gamma) {
    Moments before = Moments.of(voxels);
    double width = (double) before.greatest() - before.least();
    double range = edition == Edition.V1 ? width + SMALLEST : width;
    float start = inverted ? before.greatest() : before.least();
    float scale = (float) ((inverted ? -1 : 1) / Math.max(range, SMALLEST));
    Moments after = new FastPower(gamma).apply(voxels, start, scale);
    double factor = inverted ? -range : range;
    double shift = start;
    if (retainStatistics && voxels.length > 1) {
      factor *= restoring(before, after, range, voxels.length);
      shift = before.mean() - after.mean() * factor;
    }
    Linear.apply(voxels, (float) factor, (float) shift);
  }

  /** What the powers, mapped back, must be stretched by to deviate as before. */
  private double restoring(Moments before, Moments after, double range, int n) {
    double deviation = after.deviation() * range;
    if (edition == Edition.V2) {
      return before.deviation() / Math.max(deviation, SMALLEST);
    }
    double population = Math.sqrt((n - 1.0) / n);
    return before.deviation() * population / (deviation * population + SMALLEST_DEVIATION);
  }
}
