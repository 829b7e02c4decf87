package io.github.nnunet4j.augment;

import io.github.nnunet4j.image.Extent;

/**
 * The weights of a {@link LocalField.Place}: {@code factor(z, y) * profile[x] + offset}, from 0 to
 * 1. An axis of one voxel is left out, as a two-dimensional sample has it.
 */
final class LocalWeights {
  private static final double SMALLEST = 1e-8;

  final float[] profile;
  final double offset;

  /** Mean of all weights. */
  final double mean;

  /** The largest weight; below 1 only where v1 does not stretch what is nearly nothing. */
  final double peak;

  private final double[][] axes = new double[3][];
  private final double scale;

  LocalWeights(Extent extent, LocalField.Place place, Edition edition) {
    double least = 1;
    double average = 1;
    double greatest = 1;
    for (int axis = 0; axis < 3; axis++) {
      int n = extent.get(axis);
      axes[axis] = n == 1 ? new double[] {1} : profile(n, place, axis);
      double low = Double.POSITIVE_INFINITY;
      double high = 0;
      double sum = 0;
      for (double weight : axes[axis]) {
        low = Math.min(low, weight);
        high = Math.max(high, weight);
        sum += weight;
      }
      double unit = high > 0 ? high : 1;
      greatest *= high;
      least *= low / unit;
      average *= sum / n / unit;
      for (int i = 0; i < n; i++) {
        axes[axis][i] /= unit;
      }
    }
    double height = greatest * (1 - least);
    double stretched = edition == Edition.V1 ? Math.min(1, height / SMALLEST) : 1;
    peak = height > 0 && least < 1 ? stretched : 0;
    scale = peak == 0 ? 0 : peak / (1 - least);
    offset = -least * scale;
    mean = average * scale + offset;
    profile = new float[axes[2].length];
    for (int i = 0; i < profile.length; i++) {
      profile[i] = (float) axes[2][i];
    }
  }

  double factor(int z, int y) {
    return axes[0][z] * axes[1][y] * scale;
  }

  private static double[] profile(int n, LocalField.Place place, int axis) {
    double centre = place.centre().get(axis) * n;
    double sigma = place.sigma().get(axis);
    double[] weights = new double[n];
    double before = NormalDistribution.cumulative((-0.5 - centre) / sigma);
    for (int i = 0; i < n; i++) {
      double after = NormalDistribution.cumulative((i + 0.5 - centre) / sigma);
      weights[i] = after - before;
      before = after;
    }
    return weights;
  }
}
