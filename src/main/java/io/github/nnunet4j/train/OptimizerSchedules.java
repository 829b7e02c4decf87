package io.github.nnunet4j.train;

import io.github.nnunet4j.internal.Checks;
import java.util.Objects;

/** The built-in schedules. */
public final class OptimizerSchedules {
  private OptimizerSchedules() {}

  /**
   * The default of nnU-Net (v1 and v2): {@code rate * (1 - epoch / epochs) ^ exponent}.
   *
   * @param rate the first rate, positive
   * @param exponent such as 0.9, positive
   * @return a schedule
   * @throws IllegalArgumentException if an argument is not positive and finite
   */
  public static OptimizerSchedule polynomial(double rate, double exponent) {
    return new Polynomial(rate, exponent);
  }

  /**
   * One rate for ever.
   *
   * @param rate positive
   * @return a schedule
   * @throws IllegalArgumentException if the rate is not positive and finite
   */
  public static OptimizerSchedule constant(double rate) {
    return new Constant(rate);
  }

  /**
   * Half a cosine from the rate down to 0: {@code rate * (1 + cos(pi * epoch / epochs)) / 2}
   * (nnU-Net v2 {@code nnUNetTrainerCosAnneal}).
   *
   * @param rate the first rate, positive
   * @return a schedule
   * @throws IllegalArgumentException if the rate is not positive and finite
   */
  public static OptimizerSchedule cosine(double rate) {
    return new Cosine(rate);
  }

  private static double rest(Progress progress) {
    return Math.max(0, 1 - progress.fraction());
  }

  private record Polynomial(double rate, double exponent) implements OptimizerSchedule {
    Polynomial {
      Checks.positive(rate, "rate");
      Checks.positive(exponent, "exponent");
    }

    @Override
    public Rates at(Progress progress) {
      return Rates.of(rate * Math.pow(rest(progress), exponent));
    }

    @Override
    public String toString() {
      return "polynomial(" + rate + ", " + exponent + ")";
    }
  }

  private record Constant(double rate) implements OptimizerSchedule {
    Constant {
      Checks.positive(rate, "rate");
    }

    @Override
    public Rates at(Progress progress) {
      return Rates.of(rate);
    }

    @Override
    public String toString() {
      return "constant(" + rate + ")";
    }
  }

  private record Cosine(double rate) implements OptimizerSchedule {
    Cosine {
      Checks.positive(rate, "rate");
    }

    @Override
    public Rates at(Progress progress) {
      return Rates.of(rate * (1 + Math.cos(Math.PI * progress.fraction())) / 2);
    }

    @Override
    public String toString() {
      return "cosine(" + rate + ")";
    }
  }

  record WarmUp(int epochs, OptimizerSchedule then) implements OptimizerSchedule {
    WarmUp {
      Checks.positive(epochs, "epochs");
      Objects.requireNonNull(then, "then");
    }

    @Override
    public Rates at(Progress progress) {
      int remaining = Math.max(1, progress.epochs() - epochs);
      int epoch = progress.epoch() - epochs;
      if (epoch >= 0) {
        return then.at(new Progress(epoch, remaining));
      }
      Rates first = then.at(new Progress(0, remaining));
      double rate = first.learningRate() / epochs * (progress.epoch() + 1);
      return new Rates(rate, first.momentum());
    }

    @Override
    public String toString() {
      return then + ".afterWarmUp(" + epochs + ")";
    }
  }
}
