package io.github.nnunet4j.train;

import java.util.Objects;
import java.util.function.ToDoubleFunction;

/** The learning rates of one rule and the momentum of another. */
record WithMomentum(OptimizerSchedule rates, ToDoubleFunction<Progress> momentum)
    implements OptimizerSchedule {
  WithMomentum {
    Objects.requireNonNull(momentum, "momentum");
  }

  @Override
  public Rates at(Progress progress) {
    return Rates.of(rates.at(progress).learningRate(), momentum.applyAsDouble(progress));
  }

  @Override
  public String toString() {
    return rates + ".withMomentum(" + momentum + ")";
  }
}
