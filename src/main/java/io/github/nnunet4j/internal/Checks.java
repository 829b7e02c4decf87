package io.github.nnunet4j.internal;

import java.util.Locale;

/** Argument checks whose messages name the argument, the rule and the value. */
public final class Checks {
  private Checks() {}

  /** Fails with an {@link IllegalArgumentException} built from the format unless {@code ok}. */
  public static void argument(boolean ok, String format, Object... values) {
    if (!ok) {
      throw new IllegalArgumentException(String.format(Locale.ROOT, format, values));
    }
  }

  /** The value, if positive. */
  public static int positive(int value, String name) {
    argument(value > 0, "%s must be positive, was %d", name, value);
    return value;
  }

  /** The value, if zero or positive. */
  public static int notNegative(int value, String name) {
    argument(value >= 0, "%s must not be negative, was %d", name, value);
    return value;
  }

  /** The value, if finite and positive. */
  public static double positive(double value, String name) {
    argument(
        value > 0 && value < Double.POSITIVE_INFINITY,
        "%s must be positive and finite, was %s",
        name,
        value);
    return value;
  }

  /** The value, if within 0..1. */
  public static double probability(double value, String name) {
    argument(value >= 0 && value <= 1, "%s must lie within 0 and 1, was %s", name, value);
    return value;
  }
}
