package io.github.nnunet4j.internal;

/**
 * Sums as NumPy does (pairwise summation, Higham, SIAM J. Sci. Comput. 14, 1993, with NumPy's block
 * of 128 and eight running sums), to meet its rounding.
 */
public final class PairwiseSum {
  /** Longest run of values that is added up directly. */
  public static final int BLOCK = 128;

  private PairwiseSum() {}

  /** The sum, as {@code numpy.sum} of a contiguous float64 array. */
  public static double of(double[] values) {
    return 0 + sum(values, 0, values.length);
  }

  private static double sum(double[] values, int from, int length) {
    if (length <= BLOCK) {
      return block(values, from, length);
    }
    int left = left(length);
    return sum(values, from, left) + sum(values, from + left, length - left);
  }

  /** How many of {@code length} values, more than {@link #BLOCK}, form the left half. */
  public static int left(int length) {
    int half = length / 2;
    return half - half % 8;
  }

  /** The sum of at most {@link #BLOCK} values in double precision. */
  public static double block(double[] v, int from, int length) {
    if (length < 8) {
      double sum = -0.0;
      for (int i = 0; i < length; i++) {
        sum += v[from + i];
      }
      return sum;
    }
    double[] r = new double[8];
    System.arraycopy(v, from, r, 0, 8);
    int i = 8;
    for (; i < length - length % 8; i += 8) {
      for (int k = 0; k < 8; k++) {
        r[k] += v[from + i + k];
      }
    }
    double sum = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]));
    for (; i < length; i++) {
      sum += v[from + i];
    }
    return sum;
  }

  /** The sum of at most {@link #BLOCK} values in single precision. */
  public static float block(float[] v, int from, int length) {
    if (length < 8) {
      float sum = -0.0f;
      for (int i = 0; i < length; i++) {
        sum += v[from + i];
      }
      return sum;
    }
    float[] r = new float[8];
    System.arraycopy(v, from, r, 0, 8);
    int i = 8;
    for (; i < length - length % 8; i += 8) {
      for (int k = 0; k < 8; k++) {
        r[k] += v[from + i + k];
      }
    }
    float sum = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]));
    for (; i < length; i++) {
      sum += v[from + i];
    }
    return sum;
  }
}
