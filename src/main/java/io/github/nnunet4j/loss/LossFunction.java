package io.github.nnunet4j.loss;

import ai.djl.ndarray.NDArray;

/** A training loss: logits and target to a scalar. Deep supervision is the trainer's business. */
@FunctionalInterface
public interface LossFunction {
  /**
   * The loss.
   *
   * @param logits (batch, classes, [z,] y, x) float32
   * @param target on the same scale
   * @return a float32 scalar that can be differentiated
   */
  NDArray evaluate(NDArray logits, Target target);

  /**
   * The sum of two losses.
   *
   * @param other the other one
   * @return this + other
   */
  default LossFunction plus(LossFunction other) {
    return (logits, target) -> evaluate(logits, target).add(other.evaluate(logits, target));
  }

  /**
   * A weighted loss.
   *
   * @param weight the factor
   * @return weight * this
   */
  default LossFunction times(double weight) {
    return (logits, target) -> evaluate(logits, target).mul((float) weight);
  }
}
