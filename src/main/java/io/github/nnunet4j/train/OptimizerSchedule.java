package io.github.nnunet4j.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.ToDoubleFunction;

/**
 * Learning rate and, if wanted, momentum of each epoch. Asked once before the first iteration of an
 * epoch, and a function of the progress alone (which holds the history), so that a resumed training
 * goes on with the same rates and a schedule can be tested and plotted without any training.
 *
 * <p>Schedules follow each other:
 *
 * <pre>{@code
 * OptimizerSchedules.warmUp(50).then(OptimizerSchedules.polynomial(0.01, 0.9))
 * OptimizerSchedules.constant(0.01).forEpochs(500).then(OptimizerSchedules.cosine(0.001))
 * }</pre>
 */
@FunctionalInterface
public interface OptimizerSchedule {
  /**
   * The rates in force during an epoch.
   *
   * @param progress the epoch, 0 to epochs - 1, and what the finished epochs came to
   * @return the rates; a momentum is below 1, for with 1 nothing is ever forgotten
   */
  Rates at(Progress progress);

  /**
   * The same learning rates with another rule for the momentum.
   *
   * @param rule the momentum of a progress, 0 to 1; {@link Momentums} has some
   * @return a schedule
   */
  default OptimizerSchedule withMomentum(ToDoubleFunction<Progress> rule) {
    return new WithMomentum(this, rule);
  }

  /**
   * This schedule as the first part of a training; it sees the epochs of that part alone.
   *
   * @param epochs the length of the part, at least 1
   * @return a phase, after which another goes on
   * @throws IllegalArgumentException if epochs is not positive
   */
  default SchedulePhase forEpochs(int epochs) {
    return SchedulePhase.of(epochs, this);
  }

  /**
   * A linear rise to the first rate of this schedule, which then runs over the remaining epochs as
   * if it began there: short for {@code OptimizerSchedules.warmUp(epochs).then(this)}.
   *
   * @param epochs the length of the rise, at least 1
   * @return a schedule
   * @throws IllegalArgumentException if epochs is not positive
   */
  default OptimizerSchedule afterWarmUp(int epochs) {
    return OptimizerSchedules.warmUp(epochs).then(this);
  }

  /**
   * Draws the learning rate, and the momentum where there is one, over the epochs of a training of
   * which no history is known.
   *
   * @param epochs the length of the training, at least 1
   * @param png receives the picture; replaced if it is there
   * @throws IOException if it cannot be written
   */
  default void plot(int epochs, Path png) throws IOException {
    ScheduleChart.write(this, epochs, png);
  }

  /**
   * The same schedule under a name, by which the folder of a run tells it from other lambdas of its
   * class.
   *
   * @param name what it prints; take another one when the behaviour changes
   * @return the schedule
   */
  default OptimizerSchedule named(String name) {
    return new Named.Schedule(this, name);
  }
}
