package io.github.nnunet4j.train;

import java.util.function.ToDoubleFunction;

/**
 * Learning rate and, if wanted, momentum of each epoch. Asked once before the first iteration of an
 * epoch, and a function of the progress alone, so that a resumed training goes on with the same
 * rates.
 */
@FunctionalInterface
public interface OptimizerSchedule {
  /**
   * The rates in force during an epoch.
   *
   * @param progress the epoch, 0 to epochs - 1
   * @return the rates; a momentum is below 1, for with 1 nothing is ever forgotten
   */
  Rates at(Progress progress);

  /**
   * The same learning rates with another rule for the momentum.
   *
   * @param rule the momentum of a progress, 0 to 1
   * @return a schedule
   */
  default OptimizerSchedule withMomentum(ToDoubleFunction<Progress> rule) {
    return progress -> Rates.of(at(progress).learningRate(), rule.applyAsDouble(progress));
  }

  /**
   * A linear rise to the first rate of this schedule, which then runs over the remaining epochs as
   * if it began there: epoch e of the rise has (e + 1) / epochs of the rate (nnU-Net v2 {@code
   * nnUNetTrainer_warmup}).
   *
   * @param epochs the length of the rise, at least 1
   * @return a schedule
   * @throws IllegalArgumentException if epochs is not positive
   */
  default OptimizerSchedule afterWarmUp(int epochs) {
    return new OptimizerSchedules.WarmUp(epochs, this);
  }
}
