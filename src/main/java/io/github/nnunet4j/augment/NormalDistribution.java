package io.github.nnunet4j.augment;

/** The cumulative distribution of the standard normal distribution, in double precision. */
final class NormalDistribution {
  private static final double BEND = 3;

  private NormalDistribution() {}

  static double cumulative(double x) {
    double t = x / Math.sqrt(2);
    double tail = Math.abs(t) < BEND ? 1 - series(Math.abs(t)) : fraction(Math.abs(t));
    return t < 0 ? tail / 2 : 1 - tail / 2;
  }

  /** The error function by its series of positive terms. */
  private static double series(double t) {
    double term = t;
    double sum = t;
    for (int n = 1; term > 1e-17 * sum; n++) {
      term *= 2 * t * t / (2 * n + 1);
      sum += term;
    }
    return 2 / Math.sqrt(Math.PI) * Math.exp(-t * t) * sum;
  }

  /** The complementary error function by its continued fraction. */
  private static double fraction(double t) {
    double rest = t;
    for (int k = 60; k >= 1; k--) {
      rest = t + k / 2.0 / rest;
    }
    return Math.exp(-t * t) / Math.sqrt(Math.PI) / rest;
  }
}
