package io.github.nnunet4j.internal;

import java.util.Arrays;

/** Percentiles and medians as NumPy computes them by default (linear between neighbours). */
public final class Percentiles {
  private Percentiles() {}

  /** The percentile, q from 0 to 100; the argument is untouched. */
  public static double of(double[] values, double q) {
    Checks.argument(values.length > 0, "no values to take a percentile of");
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double position = q / 100 * (sorted.length - 1);
    int below = (int) Math.floor(position);
    int above = Math.min(below + 1, sorted.length - 1);
    double t = position - below;
    double distance = sorted[above] - sorted[below];
    return t >= 0.5 ? sorted[above] - distance * (1 - t) : sorted[below] + distance * t;
  }

  /** The median: the middle value or the mean of the two in the middle. */
  public static double median(double[] values) {
    Checks.argument(values.length > 0, "no values to take a median of");
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
