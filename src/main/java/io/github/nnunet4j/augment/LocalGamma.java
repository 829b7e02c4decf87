package io.github.nnunet4j.augment;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.internal.Checks;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Blends channels with a power of themselves, locally (nnU-Net {@code LocalGammaTransform}). The
 * channel is mapped to 0 to 1 by its range for that. The parameters are place and exponent by
 * channel.
 *
 * @param field where the power acts
 * @param exponent distribution of the exponent, positive
 * @param channelProbability of each channel to be changed
 * @param edition v1 does not stretch a field whose peak is below 1e-8
 */
public record LocalGamma(
    LocalField field, Draw exponent, double channelProbability, Edition edition)
    implements ParametricAugmentation<Map<Integer, LocalGamma.Power>> {
  private static final double SMALLEST = 1e-8;

  /** Checks the probability. */
  public LocalGamma {
    Checks.probability(channelProbability, "probability per channel");
  }

  /**
   * What is drawn for one channel.
   *
   * @param place where
   * @param exponent positive
   */
  public record Power(LocalField.Place place, double exponent) {
    /** Checks the exponent. */
    public Power {
      Checks.positive(exponent, "exponent");
    }
  }

  @Override
  public Map<Integer, Power> draw(int channels, RandomGenerator random) {
    return Channels.draw(
        channels,
        channelProbability,
        random,
        () -> new Power(field.draw(random), exponent.draw(random)));
  }

  @Override
  public void changeIn(SampleBuffer buffer, Map<Integer, Power> powers) {
    powers.forEach(
        (channel, power) -> {
          float[] voxels = buffer.write(Channels.require(channel, buffer));
          blend(voxels, buffer.extent(), power);
        });
  }

  private void blend(float[] voxels, Extent extent, Power power) {
    Moments moments = Moments.of(voxels);
    float low = moments.least();
    float range = (float) Math.max((double) moments.greatest() - low, SMALLEST);
    LocalWeights weights = new LocalWeights(extent, power.place(), edition);
    FastPower fast = new FastPower(power.exponent());
    int nx = extent.get(2);
    for (int z = 0; z < extent.get(0); z++) {
      for (int y = 0; y < extent.get(1); y++) {
        int row = (z * extent.get(1) + y) * nx;
        float factor = (float) weights.factor(z, y);
        float offset = (float) weights.offset;
        for (int x = 0; x < nx; x++) {
          float unit = (voxels[row + x] - low) / range;
          float weight = factor * weights.profile[x] + offset;
          voxels[row + x] = (unit + weight * (fast.of(unit) - unit)) * range + low;
        }
      }
    }
  }
}
