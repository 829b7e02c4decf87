package io.github.nnunet4j.train;

import io.github.nnunet4j.internal.Checks;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A rate that is lowered when the results stop improving, with the rule of torch's {@code
 * ReduceLROnPlateau}: after more epochs than the patience in which the watched value was not better
 * than the best so far by the threshold, the rate is multiplied by the factor. What is watched is a
 * moving average of a {@link Measure}, or of anything else that an {@link EpochResult} tells.
 *
 * <pre>{@code
 * OptimizerSchedules.reduceOnPlateau(3e-4).patience(20).factor(0.5).build()
 * }</pre>
 *
 * <p>The defaults are those of nnU-Net v1: training loss, weight of the old average 0.93, factor
 * 0.2, patience 30, absolute threshold 1e-3. The rate follows from the history alone, so a resumed
 * training goes on with it; the averages of the reference start anew after a resume.
 */
public final class ReduceOnPlateau implements OptimizerSchedule {
  /** A smaller change is not worth it, as in torch. */
  private static final double LEAST_CHANGE = 1e-8;

  private final double rate;
  private final ToDoubleFunction<EpochResult> measure;
  private final boolean rising;
  private final MovingAverage average;
  private final double factor;
  private final int patience;
  private final double threshold;
  private final boolean relative;
  private final int cooldown;
  private final double lowest;
  private final int firstEpoch;

  private ReduceOnPlateau(Builder builder) {
    rate = builder.rate;
    measure = builder.measure;
    rising = builder.rising;
    average = builder.average;
    factor = builder.factor;
    patience = builder.patience;
    threshold = builder.threshold;
    relative = builder.relative;
    cooldown = builder.cooldown;
    lowest = builder.lowest;
    firstEpoch = builder.firstEpoch;
  }

  @Override
  public Rates at(Progress progress) {
    Course course = new Course();
    double smooth = Double.NaN;
    int epoch = 0;
    for (EpochResult result : progress.history()) {
      smooth = average.next(smooth, measure.applyAsDouble(result));
      if (epoch++ >= firstEpoch) {
        course.add(smooth);
      }
    }
    return Rates.of(course.present);
  }

  /** How the rate came to be what it is. */
  private final class Course {
    private double present = rate;
    private double best = rising ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    private int bad;
    private int rest;

    void add(double value) {
      if (isBetter(value)) {
        best = value;
        bad = 0;
      } else {
        bad++;
      }
      if (rest > 0) {
        rest--;
        bad = 0;
      }
      if (bad > patience) {
        double next = Math.max(present * factor, lowest);
        if (present - next > LEAST_CHANGE) {
          present = next;
        }
        rest = cooldown;
        bad = 0;
      }
    }

    private boolean isBetter(double value) {
      if (rising) {
        return value > (relative ? best * (1 + threshold) : best + threshold);
      }
      return value < (relative ? best * (1 - threshold) : best - threshold);
    }
  }

  private List<Object> values() {
    return List.of(
        rate,
        measure,
        rising,
        average,
        factor,
        patience,
        threshold,
        relative,
        cooldown,
        lowest,
        firstEpoch);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ReduceOnPlateau that && values().equals(that.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return "reduceOnPlateau("
        + rate
        + ", "
        + measure
        + (rising ? " rising" : " falling")
        + ", memory "
        + average.memory()
        + ", factor "
        + factor
        + ", patience "
        + patience
        + ", threshold "
        + threshold
        + (relative ? " of the best" : "")
        + ", cooldown "
        + cooldown
        + ", lowest "
        + lowest
        + ", from epoch "
        + firstEpoch
        + ")";
  }

  /** Collects the settings; all have defaults. */
  public static final class Builder {
    private final double rate;
    private ToDoubleFunction<EpochResult> measure = Measure.TRAINING_LOSS;
    private boolean rising;
    private MovingAverage average = new MovingAverage(MovingAverage.TRAINING_LOSS);
    private double factor = 0.2;
    private int patience = 30;
    private double threshold = 1e-3;
    private boolean relative;
    private int cooldown;
    private double lowest;
    private int firstEpoch;

    Builder(double rate) {
      this.rate = Checks.positive(rate, "rate");
    }

    /**
     * Watches a value that is better the smaller it is; the training loss by default.
     *
     * @param value such as a {@link Measure}; NaN in an epoch that does not count
     * @return this builder
     */
    public Builder falling(ToDoubleFunction<EpochResult> value) {
      measure = Objects.requireNonNull(value, "value");
      rising = false;
      return this;
    }

    /**
     * Watches a value that is better the larger it is.
     *
     * @param value such as a {@link Measure}; NaN in an epoch that does not count
     * @return this builder
     */
    public Builder rising(ToDoubleFunction<EpochResult> value) {
      measure = Objects.requireNonNull(value, "value");
      rising = true;
      return this;
    }

    /**
     * Sets the weight of the old moving average.
     *
     * @param weight 0 (the last value alone) to 1, 0.93 by default
     * @return this builder
     * @throws IllegalArgumentException if out of range
     */
    public Builder memory(double weight) {
      average = new MovingAverage(weight);
      return this;
    }

    /**
     * Sets what the rate is multiplied by.
     *
     * @param value between 0 and 1, 0.2 by default
     * @return this builder
     * @throws IllegalArgumentException if out of range
     */
    public Builder factor(double value) {
      Checks.argument(value > 0 && value < 1, "factor must lie between 0 and 1, was %s", value);
      factor = value;
      return this;
    }

    /**
     * Sets how many epochs in a row may be no better.
     *
     * @param epochs zero or more, 30 by default
     * @return this builder
     * @throws IllegalArgumentException if negative
     */
    public Builder patience(int epochs) {
      patience = Checks.notNegative(epochs, "patience");
      return this;
    }

    /**
     * Sets the difference to the best value that counts as better.
     *
     * @param difference zero or positive, 1e-3 by default
     * @return this builder
     * @throws IllegalArgumentException if negative
     */
    public Builder threshold(double difference) {
      return threshold(difference, false);
    }

    /**
     * Sets the part of the best value that counts as better.
     *
     * @param part zero or positive
     * @return this builder
     * @throws IllegalArgumentException if negative
     */
    public Builder relativeThreshold(double part) {
      return threshold(part, true);
    }

    private Builder threshold(double value, boolean ofTheBest) {
      Checks.argument(value >= 0, "threshold must not be negative, was %s", value);
      threshold = value;
      relative = ofTheBest;
      return this;
    }

    /**
     * Sets for how many epochs after a step none counts as bad.
     *
     * @param epochs zero or more, 0 by default
     * @return this builder
     * @throws IllegalArgumentException if negative
     */
    public Builder cooldown(int epochs) {
      cooldown = Checks.notNegative(epochs, "cooldown");
      return this;
    }

    /**
     * Sets the rate that is not undercut.
     *
     * @param value zero or positive, 0 by default
     * @return this builder
     * @throws IllegalArgumentException if negative
     */
    public Builder lowest(double value) {
      Checks.argument(value >= 0, "lowest must not be negative, was %s", value);
      lowest = value;
      return this;
    }

    /**
     * Sets the first epoch that counts; the average takes in those before it. nnU-Net v1's {@code
     * nnUNetTrainer} begins with 0, its {@code *_ReduceOnPlateau} with 1.
     *
     * @param epoch from 0, which is the default
     * @return this builder
     * @throws IllegalArgumentException if negative
     */
    public Builder from(int epoch) {
      firstEpoch = Checks.notNegative(epoch, "epoch");
      return this;
    }

    /**
     * The schedule.
     *
     * @return an immutable value
     */
    public ReduceOnPlateau build() {
      return new ReduceOnPlateau(this);
    }
  }
}
