package io.github.nnunet4j.internal;

/** Smallest and largest value; NaN if there is one among the values. */
public record ValueRange(float low, float high) {
  public static ValueRange of(float[] values, int from, int to) {
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (int i = from; i < to; i++) {
      low = Math.min(low, values[i]);
      high = Math.max(high, values[i]);
    }
    return new ValueRange(low, high);
  }
}
