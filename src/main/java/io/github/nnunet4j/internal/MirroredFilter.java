package io.github.nnunet4j.internal;

/**
 * The recursive filter of one pole on padded lines that go on mirrored at half a sample behind
 * their ends, as SciPy has it. For B-splines of orders 4 and 5, which have two poles.
 */
final class MirroredFilter {
  /** Powers of a pole below this one change no double. */
  private static final double NOTHING = 1e-20;

  private MirroredFilter() {}

  static void along(double[] line, double z) {
    int n = line.length;
    double start = 0;
    double power = z;
    for (int k = 0; k < 2 * n && Math.abs(power) > NOTHING; k++, power *= z) {
      start += power * line[k < n ? k : 2 * n - 1 - k];
    }
    line[0] += start / (1 - Math.pow(z, 2.0 * n));
    for (int i = 1; i < n; i++) {
      line[i] += z * line[i - 1];
    }
    line[n - 1] *= z / (z - 1);
    for (int i = n - 2; i >= 0; i--) {
      line[i] = z * (line[i + 1] - line[i]);
    }
  }

  /** Element {@code from} to {@code to - 1} of each array is a line. */
  static void across(double[][] lines, double z, int from, int to) {
    int n = lines.length;
    double[] start = new double[to - from];
    double power = z;
    for (int k = 0; k < 2 * n && Math.abs(power) > NOTHING; k++, power *= z) {
      double[] line = lines[k < n ? k : 2 * n - 1 - k];
      for (int j = from; j < to; j++) {
        start[j - from] += power * line[j];
      }
    }
    double whole = 1 - Math.pow(z, 2.0 * n);
    for (int j = from; j < to; j++) {
      lines[0][j] += start[j - from] / whole;
    }
    for (int i = 1; i < n; i++) {
      for (int j = from; j < to; j++) {
        lines[i][j] += z * lines[i - 1][j];
      }
    }
    for (int j = from; j < to; j++) {
      lines[n - 1][j] *= z / (z - 1);
    }
    for (int i = n - 2; i >= 0; i--) {
      for (int j = from; j < to; j++) {
        lines[i][j] = z * (lines[i + 1][j] - lines[i][j]);
      }
    }
  }
}
