package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.image.Mask;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.Checks;
import io.github.nnunet4j.internal.ValueRange;

/** Rules that find the tissue in a channel by its intensities. */
public final class ForegroundRules {
  private static final int OTSU_BINS = 200;

  private ForegroundRules() {}

  /**
   * All voxels that are not 0, as nnU-Net crops.
   *
   * @return the rule
   */
  public static Nonzero nonzero() {
    return new Nonzero();
  }

  /**
   * All voxels, as SimpleITK's bias field correction without a mask takes them.
   *
   * @return the rule
   */
  public static Whole whole() {
    return new Whole();
  }

  /**
   * All voxels brighter than a threshold.
   *
   * @param threshold an intensity; voxels that equal it do not count
   * @return the rule
   */
  public static Above above(float threshold) {
    return new Above(threshold);
  }

  /**
   * Otsu's threshold on a histogram of 200 bins, as SimpleITK's example of bias field correction
   * has it.
   *
   * @return the rule
   */
  public static Otsu otsu() {
    return new Otsu(OTSU_BINS);
  }

  /** A yes or no for an intensity. */
  @FunctionalInterface
  private interface Intensity {
    boolean counts(float value);
  }

  private static Mask select(Volume channel, Intensity rule) {
    float[] voxels = channel.unsafeArray(0);
    boolean[] inside = new boolean[voxels.length];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = rule.counts(voxels[i]);
    }
    return Mask.wrap(channel.grid(), inside);
  }

  /** All voxels that are not 0. */
  public record Nonzero() implements ForegroundRule {
    @Override
    public Mask mask(Volume channel) {
      return select(channel, value -> value != 0);
    }
  }

  /** All voxels. */
  public record Whole() implements ForegroundRule {
    @Override
    public Mask mask(Volume channel) {
      return select(channel, value -> true);
    }
  }

  /**
   * All voxels brighter than a threshold.
   *
   * @param threshold an intensity
   */
  public record Above(float threshold) implements ForegroundRule {
    @Override
    public Mask mask(Volume channel) {
      return select(channel, value -> value > threshold);
    }
  }

  /**
   * The brighter of two classes whose means lie as far apart as possible, each weighted by its size
   * (Otsu 1979): voxels above the upper edge of the best bin. All voxels of a constant channel.
   *
   * @param bins of the histogram between lowest and highest intensity, at least 2
   */
  public record Otsu(int bins) implements ForegroundRule {
    /**
     * Checks the bins.
     *
     * @throws IllegalArgumentException if there are fewer than 2
     */
    public Otsu {
      Checks.argument(bins >= 2, "bins must be at least 2, was %d", bins);
    }

    @Override
    public Mask mask(Volume channel) {
      float[] voxels = channel.unsafeArray(0);
      ValueRange range = ValueRange.of(voxels, 0, voxels.length);
      if (!(range.high() > range.low())) {
        return whole().mask(channel);
      }
      double low = range.low();
      double width = ((double) range.high() - low) / bins;
      long[] counts = new long[bins];
      for (float value : voxels) {
        counts[Math.min((int) ((value - low) / width), bins - 1)]++;
      }
      double threshold = low + width * (best(counts) + 1);
      return select(channel, value -> value > threshold);
    }

    private static int best(long[] counts) {
      double all = 0;
      double moment = 0;
      for (int bin = 0; bin < counts.length; bin++) {
        all += counts[bin];
        moment += (double) counts[bin] * bin;
      }
      double below = 0;
      double sum = 0;
      double largest = -1;
      int best = 0;
      for (int bin = 0; bin + 1 < counts.length; bin++) {
        below += counts[bin];
        sum += (double) counts[bin] * bin;
        double apart = sum / below - (moment - sum) / (all - below);
        double between = below * (all - below) * apart * apart;
        if (between > largest) {
          largest = between;
          best = bin;
        }
      }
      return best;
    }
  }
}
