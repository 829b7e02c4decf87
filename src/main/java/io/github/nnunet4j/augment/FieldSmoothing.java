package io.github.nnunet4j.augment;

import java.util.Arrays;

/**
 * Smooths a field along one axis by a Gaussian: truncated at four standard deviations and with
 * zeros outside (SciPy's {@code gaussian_filter}), or periodic, by the kernel whose discrete
 * spectrum is the Gaussian's ({@code fourier_gaussian}).
 */
final class FieldSmoothing {
  private static final double NEGLIGIBLE = 1e-12;

  private final double[] weights;
  private final int first;
  private final boolean periodic;

  private FieldSmoothing(double[] weights, int first, boolean periodic) {
    this.weights = weights;
    this.first = first;
    this.periodic = periodic;
  }

  static FieldSmoothing[] ofAxes(Elastic.Kind kind, int[] patch, double[] sigmas) {
    FieldSmoothing[] all = new FieldSmoothing[patch.length];
    for (int axis = 0; axis < all.length; axis++) {
      all[axis] =
          kind == Elastic.Kind.V1 ? truncated(sigmas[axis]) : periodic(patch[axis], sigmas[axis]);
    }
    return all;
  }

  private static FieldSmoothing truncated(double sigma) {
    int radius = (int) (4 * sigma + 0.5);
    if (radius == 0) {
      return new FieldSmoothing(new double[] {1}, 0, false);
    }
    double[] weights = new double[2 * radius + 1];
    double sum = 0;
    for (int j = 0; j < weights.length; j++) {
      double x = j - radius;
      weights[j] = Math.exp(-0.5 * x * x / (sigma * sigma));
      sum += weights[j];
    }
    for (int j = 0; j < weights.length; j++) {
      weights[j] /= sum;
    }
    return new FieldSmoothing(weights, -radius, false);
  }

  /** The kernel is even; what is next to nothing at its ends is left out. */
  private static FieldSmoothing periodic(int n, double sigma) {
    double[] half = new double[n / 2 + 1];
    for (int d = 0; d < half.length; d++) {
      double sum = 1;
      for (int k = 1; 2 * k <= n; k++) {
        double f = 2 * Math.PI * sigma * k / n;
        double pair = 2 * k == n ? 1 : 2;
        sum += pair * Math.exp(-0.5 * f * f) * Math.cos(2 * Math.PI * k * d / n);
      }
      half[d] = sum / n;
    }
    int low = -(n / 2);
    int high = (n - 1) / 2;
    while (low < 0 && Math.abs(half[-low]) < NEGLIGIBLE && Math.abs(half[high]) < NEGLIGIBLE) {
      low++;
      high = Math.max(0, Math.min(high, -low));
    }
    double[] weights = new double[high - low + 1];
    for (int j = 0; j < weights.length; j++) {
      weights[j] = half[Math.abs(low + j)];
    }
    return new FieldSmoothing(weights, low, true);
  }

  /** Smooths in place along an axis of a patch. */
  void apply(double[] field, int[] patch, int axis) {
    int n = patch[axis];
    int stride = 1;
    for (int a = axis + 1; a < patch.length; a++) {
      stride *= patch[a];
    }
    if (stride == 1) {
      double[] padded = new double[n + weights.length - 1];
      for (int row = 0; row < field.length; row += n) {
        alongRow(field, row, n, padded);
      }
      return;
    }
    int block = Math.min(stride, 128);
    double[] lines = new double[n * block];
    for (int slab = 0; slab < field.length; slab += n * stride) {
      for (int from = 0; from < stride; from += block) {
        across(field, slab + from, n, stride, Math.min(block, stride - from), lines);
      }
    }
  }

  private void alongRow(double[] field, int row, int n, double[] padded) {
    for (int i = 0; i < padded.length; i++) {
      int source = source(i + first, n);
      padded[i] = source < 0 ? 0 : field[row + source];
    }
    Arrays.fill(field, row, row + n, 0);
    for (int j = 0; j < weights.length; j++) {
      add(padded, j, weights[j], field, row, n);
    }
  }

  private void across(double[] field, int at, int n, int stride, int count, double[] lines) {
    for (int i = 0; i < n; i++) {
      System.arraycopy(field, at + i * stride, lines, i * count, count);
    }
    for (int i = 0; i < n; i++) {
      int row = at + i * stride;
      Arrays.fill(field, row, row + count, 0);
      for (int j = 0; j < weights.length; j++) {
        int source = source(i + first + j, n);
        if (source >= 0) {
          add(lines, source * count, weights[j], field, row, count);
        }
      }
    }
  }

  private int source(int index, int n) {
    if (periodic) {
      return index < 0 ? index + n : index >= n ? index - n : index;
    }
    return index < 0 || index >= n ? -1 : index;
  }

  private static void add(double[] from, int at, double weight, double[] to, int row, int count) {
    for (int i = 0; i < count; i++) {
      to[row + i] += weight * from[at + i];
    }
  }
}
