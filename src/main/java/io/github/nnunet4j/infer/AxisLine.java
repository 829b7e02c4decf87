package io.github.nnunet4j.infer;

/**
 * Linear interpolation along one axis as a table: output i is {@code (1 - t[i]) * in[lower[i]] +
 * t[i] * in[upper[i]]}. Nearest neighbour and identity are tables whose two indices agree.
 */
final class AxisLine {
  private final int[] lower;
  private final int[] upper;
  private final double[] t;

  private AxisLine(int[] lower, int[] upper, double[] t) {
    this.lower = lower;
    this.upper = upper;
    this.t = t;
  }

  /** Linear between samples whose outer edges coincide, clamped at the ends. */
  static AxisLine linear(int in, int out) {
    AxisLine line = new AxisLine(new int[out], new int[out], new double[out]);
    double scale = (double) in / out;
    for (int i = 0; i < out; i++) {
      double x = Math.min(Math.max(scale * (i + 0.5) - 0.5, 0), in - 1);
      int k = (int) x;
      line.lower[i] = k;
      line.t[i] = in == out ? 0 : x - k;
      line.upper[i] = line.t[i] > 0 ? k + 1 : k;
    }
    return line;
  }

  /** The nearest sample; halves go up. */
  static AxisLine nearest(int in, int out) {
    AxisLine line = new AxisLine(new int[out], new int[out], new double[out]);
    double scale = (double) in / out;
    for (int i = 0; i < out; i++) {
      double x = Math.min(Math.max(scale * (i + 0.5) - 0.5, 0), in - 1);
      line.lower[i] = (int) Math.floor(x + 0.5);
      line.upper[i] = line.lower[i];
    }
    return line;
  }

  int size() {
    return lower.length;
  }

  int lower(int i) {
    return lower[i];
  }

  int upper(int i) {
    return upper[i];
  }

  double t(int i) {
    return t[i];
  }
}
