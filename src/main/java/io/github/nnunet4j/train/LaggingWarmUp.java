package io.github.nnunet4j.train;

import io.github.nnunet4j.internal.Checks;

/** The warm-up of nnU-Net v1, whose rates come into force one epoch late. */
record LaggingWarmUp(double rate, int epochs, double exponent) implements OptimizerSchedule {
  LaggingWarmUp {
    Checks.positive(rate, "rate");
    Checks.positive(epochs, "epochs");
    Checks.positive(exponent, "exponent");
  }

  @Override
  public Rates at(Progress progress) {
    int ended = Math.max(0, progress.epoch() - 1);
    if (ended < epochs) {
      return Rates.of(rate / epochs * (ended + 1));
    }
    double fraction = (double) (ended - epochs + 1) / progress.epochs();
    return Rates.of(OptimizerSchedules.polynomial(rate, fraction, exponent));
  }

  @Override
  public String toString() {
    return "laggingWarmUpOfV1(" + rate + ", " + epochs + ", " + exponent + ")";
  }
}
