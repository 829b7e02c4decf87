package io.github.nnunet4j.train;

import io.github.nnunet4j.internal.Checks;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/** The built-in stopping rules. */
public final class StoppingRules {
  private StoppingRules() {}

  /**
   * Trains all epochs; the default.
   *
   * @return a rule
   */
  public static StoppingRule never() {
    return new Never();
  }

  /**
   * The rule of nnU-Net v1: stops once the moving average of the training loss (weight of the old
   * one 0.93) has not become smaller by 5e-4 for more than 50 epochs and the learning rate has
   * fallen to 1e-6. While the rate is higher, half of the patience begins anew instead.
   *
   * @return a rule
   */
  public static StoppingRule patienceOfV1() {
    return patience(50, 5e-4, 1e-6);
  }

  /**
   * Stops once the moving average of the training loss (weight of the old one 0.93) has stopped
   * falling and the learning rate is low. While the rate is higher, half of the patience begins
   * anew instead.
   *
   * @param epochs how many may pass without a better average, positive
   * @param improvement by which an average must be smaller to be better, zero or positive
   * @param rate above which the training always goes on; infinite to look at the loss alone
   * @return a rule
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static StoppingRule patience(int epochs, double improvement, double rate) {
    return new Patience(epochs, improvement, rate, MovingAverage.TRAINING_LOSS);
  }

  /**
   * Stops once a value of the last epoch is high enough, such as {@code
   * reaches(Measure.VOLUME_DICE, 0.97 * 0.8562)}.
   *
   * @param value such as a {@link Measure}; NaN in an epoch without one
   * @param target the value that suffices
   * @return a rule
   */
  public static StoppingRule reaches(ToDoubleFunction<EpochResult> value, double target) {
    return new Reaches(value, target);
  }

  private record Never() implements StoppingRule {
    @Override
    public boolean stops(Progress next, Rates rates) {
      return false;
    }

    @Override
    public String toString() {
      return "never()";
    }
  }

  private record Reaches(ToDoubleFunction<EpochResult> value, double target)
      implements StoppingRule {
    Reaches {
      Objects.requireNonNull(value, "value");
      Checks.argument(!Double.isNaN(target), "the target is NaN");
    }

    @Override
    public boolean stops(Progress next, Rates rates) {
      List<EpochResult> history = next.history();
      return !history.isEmpty() && value.applyAsDouble(history.get(history.size() - 1)) >= target;
    }

    @Override
    public String toString() {
      return "reaches(" + value + ", " + target + ")";
    }
  }

  record Either(StoppingRule first, StoppingRule second) implements StoppingRule {
    Either {
      Objects.requireNonNull(second, "other");
    }

    @Override
    public boolean stops(Progress next, Rates rates) {
      return first.stops(next, rates) || second.stops(next, rates);
    }

    @Override
    public String toString() {
      return first + ".or(" + second + ")";
    }
  }

  record Both(StoppingRule first, StoppingRule second) implements StoppingRule {
    Both {
      Objects.requireNonNull(second, "other");
    }

    @Override
    public boolean stops(Progress next, Rates rates) {
      return first.stops(next, rates) && second.stops(next, rates);
    }

    @Override
    public String toString() {
      return first + ".and(" + second + ")";
    }
  }
}
