package io.github.nnunet4j.train;

import io.github.nnunet4j.internal.Checks;
import java.util.Arrays;
import java.util.List;

/**
 * The built-in schedules. All of them are values that print and compare; put together by {@link
 * SchedulePhase#then} they stay so.
 */
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
    return new Cosine(rate, 0);
  }

  /**
   * Half a cosine from a rate down to another.
   *
   * @param rate the first rate, positive
   * @param lowest the rate at the end, zero or positive
   * @return a schedule
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static OptimizerSchedule cosine(double rate, double lowest) {
    return new Cosine(rate, lowest);
  }

  /**
   * Fixed steps: the rate is multiplied by a factor at each of some epochs. nnU-Net v1 ({@code
   * nnUNetTrainerV2_SGD_fixedSchedule}) is {@code steps(0.01, 0.1, 500, 675, 850)}.
   *
   * @param rate the first rate, positive
   * @param factor of each step, positive
   * @param epochs where a new rate begins, rising, from 1
   * @return a schedule
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static OptimizerSchedule steps(double rate, double factor, int... epochs) {
    return new Steps(rate, factor, Arrays.stream(epochs).boxed().toList());
  }

  /**
   * Triangles: the rate rises in a straight line over the first half of a cycle and falls over the
   * second. nnU-Net v1 ({@code nnUNetTrainerV2_cycleAtEnd}) is {@code polynomial(0.01,
   * 0.9).forEpochs(1000).then(cycle(100, 1e-6, 1e-3))} over 1100 epochs.
   *
   * @param length of a cycle in epochs, at least 2
   * @param low the first rate of a cycle, zero or positive
   * @param high the rate in the middle, above the low one
   * @return a schedule
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static OptimizerSchedule cycle(int length, double low, double high) {
    return new Cycle(length, low, high);
  }

  /**
   * From one rate towards another in equal factors, as for a learning rate range test: {@code first
   * * (last / first) ^ (epoch / epochs)}.
   *
   * @param first the first rate, positive
   * @param last the rate that would come after the last epoch, positive
   * @return a schedule
   * @throws IllegalArgumentException if an argument is not positive and finite
   */
  public static OptimizerSchedule exponential(double first, double last) {
    return new Exponential(first, last);
  }

  /**
   * A linear rise: epoch e has {@code (e + 1) / epochs} of the first rate of what follows, with its
   * momentum (nnU-Net v2 {@code nnUNetTrainer_warmup}).
   *
   * @param epochs the length of the rise, at least 1
   * @return a phase, to be followed: {@code warmUp(50).then(polynomial(0.01, 0.9))}
   * @throws IllegalArgumentException if epochs is not positive
   */
  public static SchedulePhase warmUp(int epochs) {
    return SchedulePhase.rise(epochs);
  }

  /**
   * The warm-up of nnU-Net v1 ({@code nnUNetTrainerV2_warmup}, 1050 epochs) as it really runs: its
   * rates are set at the end of an epoch, so that the first one is in force twice, and the
   * polynomial counts from the end of the rise but is stretched over all epochs and never comes to
   * 0. What it means to do is {@code warmUp(epochs).then(polynomial(rate, exponent))}. A resumed
   * run of the reference is one epoch ahead in its first epoch; this one is not.
   *
   * @param rate after the rise, positive
   * @param epochs the length of the rise, at least 1
   * @param exponent such as 0.9, positive
   * @return a schedule
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static OptimizerSchedule laggingWarmUpOfV1(double rate, int epochs, double exponent) {
    return new LaggingWarmUp(rate, epochs, exponent);
  }

  /**
   * Lowers the rate when a moving average of the results stops improving; with the settings of
   * nnU-Net v1 unless changed.
   *
   * @param rate the first rate, positive
   * @return a builder of the schedule
   * @throws IllegalArgumentException if the rate is not positive and finite
   */
  public static ReduceOnPlateau.Builder reduceOnPlateau(double rate) {
    return new ReduceOnPlateau.Builder(rate);
  }

  /**
   * Another momentum for the rest of the training, if the mean online Dice of a certain epoch is
   * exactly 0 (nnU-Net v1: {@code afterFailedStart(polynomial(0.01, 0.9), 100, 0.95)}).
   *
   * @param schedule the rates and, until then, the momentum
   * @param epoch whose Dice is looked at, from 0
   * @param momentum from the following epoch on, 0 to 1
   * @return a schedule
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static OptimizerSchedule afterFailedStart(
      OptimizerSchedule schedule, int epoch, double momentum) {
    return new AfterFailedStart(schedule, new FailedStart(epoch), momentum);
  }

  static double polynomial(double rate, double fraction, double exponent) {
    return rate * Math.pow(Math.max(0, 1 - fraction), exponent);
  }

  private record Polynomial(double rate, double exponent) implements OptimizerSchedule {
    Polynomial {
      Checks.positive(rate, "rate");
      Checks.positive(exponent, "exponent");
    }

    @Override
    public Rates at(Progress progress) {
      return Rates.of(polynomial(rate, progress.fraction(), exponent));
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

  private record Cosine(double rate, double lowest) implements OptimizerSchedule {
    Cosine {
      Checks.positive(rate, "rate");
      Checks.argument(
          lowest >= 0 && lowest <= rate, "lowest must lie in 0 to %s, was %s", rate, lowest);
    }

    @Override
    public Rates at(Progress progress) {
      double height = (1 + Math.cos(Math.PI * progress.fraction())) / 2;
      return Rates.of(lowest + (rate - lowest) * height);
    }

    @Override
    public String toString() {
      return "cosine(" + rate + (lowest > 0 ? ", " + lowest : "") + ")";
    }
  }

  private record Steps(double rate, double factor, List<Integer> epochs)
      implements OptimizerSchedule {
    Steps {
      Checks.positive(rate, "rate");
      Checks.positive(factor, "factor");
      int before = 0;
      for (int epoch : epochs) {
        Checks.argument(epoch > before, "the epochs of steps rise from 1 on, not %s", epochs);
        before = epoch;
      }
    }

    @Override
    public Rates at(Progress progress) {
      long steps = epochs.stream().filter(epoch -> epoch <= progress.epoch()).count();
      return Rates.of(rate * Math.pow(factor, (double) steps));
    }

    @Override
    public String toString() {
      return "steps(" + rate + ", " + factor + ", " + epochs + ")";
    }
  }

  private record Cycle(int length, double low, double high) implements OptimizerSchedule {
    Cycle {
      Checks.argument(length >= 2, "a cycle has 2 epochs or more, not %d", length);
      Checks.argument(
          low >= 0 && high > low && high < Double.POSITIVE_INFINITY,
          "the rates of a cycle are 0 <= low < high, not %s and %s",
          low,
          high);
    }

    @Override
    public Rates at(Progress progress) {
      int half = length / 2;
      int epoch = progress.epoch() % length;
      int steps = epoch < half ? epoch : 2 * half - epoch;
      return Rates.of(low + (high - low) * Math.max(0, steps) / half);
    }

    @Override
    public String toString() {
      return "cycle(" + length + ", " + low + ", " + high + ")";
    }
  }

  private record Exponential(double first, double last) implements OptimizerSchedule {
    Exponential {
      Checks.positive(first, "first");
      Checks.positive(last, "last");
    }

    @Override
    public Rates at(Progress progress) {
      return Rates.of(first * Math.pow(last / first, progress.fraction()));
    }

    @Override
    public String toString() {
      return "exponential(" + first + ", " + last + ")";
    }
  }
}
