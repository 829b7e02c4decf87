package io.github.nnunet4j.train;

import io.github.nnunet4j.internal.Checks;
import java.util.function.ToDoubleFunction;

/** Rules for {@link OptimizerSchedule#withMomentum}. */
public final class Momentums {
  private Momentums() {}

  /**
   * One momentum for ever.
   *
   * @param momentum 0 to 1
   * @return a rule
   * @throws IllegalArgumentException if out of range
   */
  public static ToDoubleFunction<Progress> constant(double momentum) {
    return new Constant(momentum);
  }

  /**
   * A momentum that falls (or rises) in a straight line. nnU-Net v1 ({@code
   * nnUNetTrainerV2_reduceMomentumDuringTraining}) is {@code falling(0.99, 0.9, 801, 1001)}: its
   * rule begins at epoch 800, but sets the momentum at the end of an epoch.
   *
   * @param from the momentum up to the first epoch, 0 to 1
   * @param to the momentum from the last epoch on, 0 to 1
   * @param first the last epoch with the first momentum, from 0
   * @param last the first epoch with the last momentum, after the first
   * @return a rule
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static ToDoubleFunction<Progress> falling(double from, double to, int first, int last) {
    return new Falling(from, to, first, last);
  }

  private record Constant(double momentum) implements ToDoubleFunction<Progress> {
    Constant {
      Checks.probability(momentum, "momentum");
    }

    @Override
    public double applyAsDouble(Progress progress) {
      return momentum;
    }

    @Override
    public String toString() {
      return String.valueOf(momentum);
    }
  }

  private record Falling(double from, double to, int first, int last)
      implements ToDoubleFunction<Progress> {
    Falling {
      Checks.probability(from, "from");
      Checks.probability(to, "to");
      Checks.notNegative(first, "first");
      Checks.argument(last > first, "the last epoch %d comes after the first %d", last, first);
    }

    @Override
    public double applyAsDouble(Progress progress) {
      int epoch = Math.max(first, Math.min(last, progress.epoch()));
      return epoch == last ? to : from - (from - to) / (last - first) * (epoch - first);
    }

    @Override
    public String toString() {
      return "falling(" + from + ", " + to + ", " + first + ", " + last + ")";
    }
  }
}
