package io.github.nnunet4j.train;

import io.github.nnunet4j.internal.Checks;

/** Another momentum after a start in which nothing was learned. */
record AfterFailedStart(OptimizerSchedule schedule, FailedStart start, double momentum)
    implements OptimizerSchedule {
  AfterFailedStart {
    Checks.probability(momentum, "momentum");
  }

  @Override
  public Rates at(Progress progress) {
    Rates rates = schedule.at(progress);
    return start.isIn(progress.history()) ? Rates.of(rates.learningRate(), momentum) : rates;
  }

  @Override
  public String toString() {
    return "afterFailedStart(" + schedule + ", " + start.epoch() + ", " + momentum + ")";
  }
}
