package io.github.nnunet4j.train;

import io.github.nnunet4j.internal.Checks;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What an {@link OptimizerSchedule} decides for the iterations of an epoch.
 *
 * @param learningRate finite, zero or positive
 * @param momentum 0 to 1 (SGD: the momentum; Adam, AdamW, RAdam: the first beta; Adan: one less its
 *     first beta, which weighs the new value); empty if the optimizer keeps its own
 */
public record Rates(double learningRate, OptionalDouble momentum) {
  /** Checks the ranges. */
  public Rates {
    Objects.requireNonNull(momentum, "momentum");
    Checks.argument(
        learningRate >= 0 && learningRate < Double.POSITIVE_INFINITY,
        "learningRate must be finite and not negative, was %s",
        learningRate);
    momentum.ifPresent(value -> Checks.probability(value, "momentum"));
  }

  /**
   * A learning rate; the optimizer keeps its own momentum.
   *
   * @param learningRate finite, zero or positive
   * @return the rates
   * @throws IllegalArgumentException if out of range
   */
  public static Rates of(double learningRate) {
    return new Rates(learningRate, OptionalDouble.empty());
  }

  /**
   * A learning rate and a momentum.
   *
   * @param learningRate finite, zero or positive
   * @param momentum 0 to 1
   * @return the rates
   * @throws IllegalArgumentException if out of range
   */
  public static Rates of(double learningRate, double momentum) {
    return new Rates(learningRate, OptionalDouble.of(momentum));
  }

  @Override
  public String toString() {
    return "learning rate "
        + learningRate
        + (momentum.isPresent() ? ", momentum " + momentum.getAsDouble() : "");
  }
}
