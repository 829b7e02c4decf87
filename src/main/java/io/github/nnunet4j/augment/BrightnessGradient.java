package io.github.nnunet4j.augment;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.internal.Checks;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Adds a broad bright or dark spot to channels (nnU-Net {@code
 * BrightnessGradientAdditiveTransform}). The parameters are place and strength by channel.
 *
 * @param field where the spot lies
 * @param strength distribution of its peak
 * @param meanCentred true to keep the mean of the channel; the strength is then that of the largest
 *     deviation
 * @param channelProbability of each channel to be changed
 * @param edition v1 does not stretch a spot whose peak is below 1e-8
 */
public record BrightnessGradient(
    LocalField field,
    Draw strength,
    boolean meanCentred,
    double channelProbability,
    Edition edition)
    implements ParametricAugmentation<Map<Integer, BrightnessGradient.Spot>> {
  private static final double SMALLEST = 1e-8;

  /** Checks the probability. */
  public BrightnessGradient {
    Checks.probability(channelProbability, "probability per channel");
  }

  /**
   * What is drawn for one channel.
   *
   * @param place where
   * @param strength how much
   */
  public record Spot(LocalField.Place place, double strength) {}

  @Override
  public Map<Integer, Spot> draw(int channels, RandomGenerator random) {
    return Channels.draw(
        channels,
        channelProbability,
        random,
        () -> new Spot(field.draw(random), strength.draw(random)));
  }

  @Override
  public void changeIn(SampleBuffer buffer, Map<Integer, Spot> spots) {
    spots.forEach(
        (channel, spot) -> {
          Channels.require(channel, buffer);
          LocalWeights weights = new LocalWeights(buffer.extent(), spot.place(), edition);
          double shift = meanCentred ? weights.mean : 0;
          double largest = Math.max(Math.abs(weights.peak - shift), Math.abs(shift));
          if (largest >= SMALLEST || edition == Edition.V1) {
            double by = spot.strength() / Math.max(largest, SMALLEST);
            add(buffer.write(channel), buffer.extent(), weights, by, shift);
          }
        });
  }

  private static void add(
      float[] voxels, Extent extent, LocalWeights weights, double by, double shift) {
    int nx = extent.get(2);
    float offset = (float) (by * (weights.offset - shift));
    for (int z = 0; z < extent.get(0); z++) {
      for (int y = 0; y < extent.get(1); y++) {
        float factor = (float) (by * weights.factor(z, y));
        add(voxels, (z * extent.get(1) + y) * nx, weights.profile, factor, offset);
      }
    }
  }

  private static void add(float[] voxels, int row, float[] profile, float factor, float offset) {
    for (int x = 0; x < profile.length; x++) {
      voxels[row + x] += factor * profile[x] + offset;
    }
  }
}
