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
    double r0 = v[from];
    double r1 = v[from + 1];
    double r2 = v[from + 2];
    double r3 = v[from + 3];
    double r4 = v[from + 4];
    double r5 = v[from + 5];
    double r6 = v[from + 6];
    double r7 = v[from + 7];
    int i = 8;
    for (; i < length - length % 8; i += 8) {
      r0 += v[from + i];
      r1 += v[from + i + 1];
      r2 += v[from + i + 2];
      r3 += v[from + i + 3];
      r4 += v[from + i + 4];
      r5 += v[from + i + 5];
      r6 += v[from + i + 6];
      r7 += v[from + i + 7];
    }
    double sum = ((r0 + r1) + (r2 + r3)) + ((r4 + r5) + (r6 + r7));
    for (; i < length; i++) {
      sum += v[from + i];
    }
    return sum;
  }

  /** The sum of at most {@link #BLOCK} floats in single precision. */
  public static float blockSingle(double[] v, int from, int length) {
    if (length < 8) {
      float sum = -0.0f;
      for (int i = 0; i < length; i++) {
        sum += (float) v[from + i];
      }
      return sum;
    }
    float r0 = (float) v[from];
    float r1 = (float) v[from + 1];
    float r2 = (float) v[from + 2];
    float r3 = (float) v[from + 3];
    float r4 = (float) v[from + 4];
    float r5 = (float) v[from + 5];
    float r6 = (float) v[from + 6];
    float r7 = (float) v[from + 7];
    int i = 8;
    for (; i < length - length % 8; i += 8) {
      r0 += (float) v[from + i];
      r1 += (float) v[from + i + 1];
      r2 += (float) v[from + i + 2];
      r3 += (float) v[from + i + 3];
      r4 += (float) v[from + i + 4];
      r5 += (float) v[from + i + 5];
      r6 += (float) v[from + i + 6];
      r7 += (float) v[from + i + 7];
    }
    float sum = ((r0 + r1) + (r2 + r3)) + ((r4 + r5) + (r6 + r7));
    for (; i < length; i++) {
      sum += (float) v[from + i];
    }
    return sum;
  }
}
