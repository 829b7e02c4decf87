package io.github.nnunet4j.loss;

import java.util.function.DoubleUnaryOperator;

/**
 * A loss times a number that follows the training.
 *
 * @param loss the loss
 * @param weight the factor by the progress, 0 to 1, such as a {@link Ramp}; finite
 */
public record ScheduledWeight(LossFunction loss, DoubleUnaryOperator weight)
    implements ProgressLoss {
  @Override
  public LossFunction at(double progress) {
    return new WeightedLoss(loss.at(progress), weight.applyAsDouble(progress));
  }

  @Override
  public String toString() {
    return weight + " * " + loss;
  }
}
