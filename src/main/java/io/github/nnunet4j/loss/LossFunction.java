package io.github.nnunet4j.loss;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * A training loss: logits and target to a scalar. {@link DeepSupervision} applies it to several
 * scales.
 *
 * <p>A lambda will do: {@code (logits, target) -> ...}. It works on engine arrays, so that the
 * engine finds the gradient; inside, an array may be closed once nothing else needs its handle. It
 * must not convert the type or the device of anything that depends on the logits, because that cuts
 * the gradient silently.
 *
 * <p>Multiply, divide, compare and raise to powers with numbers that are arrays of the engine,
 * {@code x.getManager().full(new Shape(), 2f, x.getDataType())}, not with Java numbers: {@code
 * x.mul(2)}, {@code x.div(2)}, {@code x.pow(1.5)} and {@code x.maximum(0.1)} hand the engine Java
 * memory that the garbage collector may free before the backward pass, and then now and then a
 * gradient is wrong. The law tests find it. Adding and subtracting are safe.
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

  /**
   * A loss whose weight follows the training.
   *
   * @param weight the factor by the progress, 0 at the first epoch to 1 after the last, such as a
   *     {@link Ramp}; finite
   * @return a loss that is to be asked for by {@link #at}, as the trainer does
   */
  default LossFunction times(DoubleUnaryOperator weight) {
    return new ScheduledWeight(this, weight);
  }

  /**
   * The sum of this, whose weight falls from 1 to 0, and another loss, whose weight rises from 0 to
   * 1. Nothing of weight 0 is computed.
   *
   * @param other the loss of the end of the training
   * @param begin the progress until which only this counts, 0 to 1
   * @param end the progress from which on only the other counts, above begin, at most 1
   * @return a loss that is to be asked for by {@link #at}, as the trainer does
   */
  default LossFunction fadingInto(LossFunction other, double begin, double end) {
    return times(new Ramp(1, 0, begin, end)).plus(other.times(new Ramp(0, 1, begin, end)));
  }

  /**
   * {@code -log(-loss)}, for losses from -1 to 0 such as Dice (nnU-Net v1 {@code log_dice}).
   *
   * @return the loss, at least 0
   */
  default LossFunction minusLog() {
    return new MinusLog(this);
  }

  /**
   * The loss in force at a time of the training. The trainer asks once per epoch, so that no loss
   * needs to remember where the training stands. Only losses that follow the training and those
   * that are made of others override it.
   *
   * @param progress finished epochs / all epochs, 0 to 1
   * @return a loss that can be evaluated; this unless overridden
   */
  default LossFunction at(double progress) {
    return this;
  }

  /**
   * The same loss under a name, by which the folder of a run tells it from other lambdas of its
   * class.
   *
   * @param name what it prints; take another one when the behaviour changes
   * @return the loss
   */
  default LossFunction named(String name) {
    return new NamedLoss(this, name);
  }
}
