package io.github.nnunet4j.augment;

import io.github.nnunet4j.internal.Checks;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Raises channels, mapped to 0 to 1 by their range, to a power and maps them back (nnU-Net v2
 * {@code GammaTransform}). The parameters are the exponents by channel.
 *
 * @param exponent distribution of the exponent, positive
 * @param inverted true to work on the negated image
 * @param retainStatistics true to give the result the mean and standard deviation of before
 * @param channelProbability of each channel to be changed
 */
public record Gamma(
    Draw exponent, boolean inverted, boolean retainStatistics, double channelProbability)
    implements ParametricAugmentation<Map<Integer, Double>> {
  private static final double SMALLEST = 1e-7;

  /** Checks the probability. */
  public Gamma {
    Checks.probability(channelProbability, "probability per channel");
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
    double range = (double) before.greatest() - before.least();
    float start = inverted ? before.greatest() : before.least();
    float scale = (float) ((inverted ? -1 : 1) / Math.max(range, SMALLEST));
    FastPower power = new FastPower(gamma);
    Moments after = power.apply(voxels, start, scale);
    double sign = inverted ? -1 : 1;
    double factor = sign * range;
    double shift = start;
    if (retainStatistics && voxels.length > 1) {
      factor *= before.deviation() / Math.max(after.deviation() * range, SMALLEST);
      shift = before.mean() - after.mean() * factor;
    }
    mapBack(voxels, (float) factor, (float) shift);
  }

  private static void mapBack(float[] voxels, float factor, float shift) {
    for (int i = 0; i < voxels.length; i++) {
      voxels[i] = voxels[i] * factor + shift;
    }
  }
}
