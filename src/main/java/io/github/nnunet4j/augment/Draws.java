package io.github.nnunet4j.augment;

import io.github.nnunet4j.internal.Checks;
import java.util.random.RandomGenerator;

/** The distributions that augmentations draw their parameters from. */
public final class Draws {
  private Draws() {}

  /**
   * Always the same number; nothing is drawn.
   *
   * @param value the number
   * @return the distribution
   */
  public static Draw constant(double value) {
    return new Constant(value);
  }

  /**
   * Uniform between two numbers.
   *
   * @param from lowest, included
   * @param to highest, excluded unless equal to the lowest
   * @return the distribution
   * @throws IllegalArgumentException if from exceeds to or either is not finite
   */
  public static Draw uniform(double from, double to) {
    return new Uniform(from, to);
  }

  /**
   * Below one and above one equally often: uniform in (from, 1) or uniform in (1, to), each with
   * probability one half. If the range lies above one, uniform in it (nnU-Net v2 {@code
   * BGContrast}).
   *
   * @param from lowest factor
   * @param to highest factor, at least 1
   * @return the distribution
   * @throws IllegalArgumentException if the range is not one
   */
  public static Draw halfAndHalf(double from, double to) {
    return new HalfAndHalf(from, to);
  }

  /**
   * One of two distributions, equally likely.
   *
   * @param one the one
   * @param other the other
   * @return the distribution
   */
  public static Draw either(Draw one, Draw other) {
    return new Either(one, other);
  }

  /**
   * Normally distributed.
   *
   * @param mean the mean
   * @param deviation the standard deviation, not negative
   * @return the distribution
   */
  public static Draw normal(double mean, double deviation) {
    return new Normal(mean, deviation);
  }

  private record Constant(double value) implements Draw {
    @Override
    public double draw(RandomGenerator random) {
      return value;
    }
  }

  private record Uniform(double from, double to) implements Draw {
    Uniform {
      requireRange(from, to);
    }

    @Override
    public double draw(RandomGenerator random) {
      return from == to ? from : random.nextDouble(from, to);
    }
  }

  private record HalfAndHalf(double from, double to) implements Draw {
    HalfAndHalf {
      requireRange(from, to);
      Checks.argument(to >= 1, "the upper end must be at least 1, was %s", to);
    }

    @Override
    public double draw(RandomGenerator random) {
      boolean below = random.nextDouble() < 0.5 && from < 1;
      return below ? random.nextDouble(from, 1) : new Uniform(Math.max(from, 1), to).draw(random);
    }
  }

  private record Either(Draw one, Draw other) implements Draw {
    @Override
    public double draw(RandomGenerator random) {
      return (random.nextDouble() < 0.5 ? one : other).draw(random);
    }
  }

  private record Normal(double mean, double deviation) implements Draw {
    Normal {
      Checks.argument(deviation >= 0, "the deviation must not be negative, was %s", deviation);
    }

    @Override
    public double draw(RandomGenerator random) {
      return mean + deviation * random.nextGaussian();
    }
  }

  private static void requireRange(double from, double to) {
    Checks.argument(
        Double.isFinite(from) && Double.isFinite(to) && from <= to,
        "a range needs two finite numbers in ascending order, got %s and %s",
        from,
        to);
  }
}
