package io.github.nnunet4j.loss;

import ai.djl.ndarray.NDArray;
import io.github.nnunet4j.internal.Checks;

/**
 * A loss times a number.
 *
 * @param loss the loss
 * @param weight the factor, finite
 */
public record WeightedLoss(LossFunction loss, double weight) implements PredictionLoss {
  /** Checks the weight. */
  public WeightedLoss {
    Checks.argument(Double.isFinite(weight), "a weight is finite, not %s", weight);
  }

  @Override
  public NDArray evaluate(Prediction prediction, Target target) {
    try (NDArray value = loss.evaluate(prediction, target)) {
      return Scalars.times(value, weight);
    }
  }

  @Override
  public LossFunction times(double factor) {
    return new WeightedLoss(loss, weight * factor);
  }

  @Override
  public LossFunction at(double progress) {
    return new WeightedLoss(loss.at(progress), weight);
  }

  @Override
  public String toString() {
    return weight + " * " + loss;
  }
}
