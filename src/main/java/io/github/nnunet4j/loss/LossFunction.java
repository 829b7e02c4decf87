package io.github.nnunet4j.loss;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * A training loss: logits and target to a scalar. {@link DeepSupervision} applies it to several
 * scales.
 *
 * <p>A lambda will do: {@code (logits, target) -> ...}. It works on engine arrays, so that the
 * engine finds the gradient; inside, an array may be closed once nothing else needs its handle. It
 * must not convert the type or the device of anything that depends on the logits, because that cuts
 * the gradient silently.
 *
 * <p>Multiply, divide and compare with numbers that are arrays of the engine, {@code
 * x.getManager().full(new Shape(), 2f, x.getDataType())}, not with Java numbers: {@code x.mul(2)}
 * hands the engine Java memory that the garbage collector may free before the backward pass, and
 * then now and then a gradient is wrong. The law tests find it. Adding and subtracting are safe.
 */
@FunctionalInterface
public interface LossFunction {
  /**
   * The loss.
   *
   * @param logits (batch, classes, [z,] y, x) float32
   * @param target on the same scale
   * @return a scalar of the type of the logits, in their manager, that can be differentiated
   */
  NDArray evaluate(NDArray logits, Target target);

  /**
   * The loss of a prediction that other losses look at as well. Override it to share the
   * logarithmic probabilities with them; without that it is {@link #evaluate(NDArray, Target)}.
   *
   * @param prediction what the network said; the caller closes it
   * @param target on the same scale
   * @return as {@link #evaluate(NDArray, Target)}
   */
  default NDArray evaluate(Prediction prediction, Target target) {
    return evaluate(prediction.logits(), target);
  }

  /**
   * The sum of two losses.
   *
   * @param other the other one
   * @return this + other
   */
  default LossFunction plus(LossFunction other) {
    return new LossSum(List.of(this, other));
  }

  /**
   * A weighted loss.
   *
   * @param weight the factor, finite
   * @return weight * this
   */
  default LossFunction times(double weight) {
    return new WeightedLoss(this, weight);
  }
}
