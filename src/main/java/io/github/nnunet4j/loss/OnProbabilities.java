package io.github.nnunet4j.loss;

import ai.djl.ndarray.NDArray;

/**
 * A loss of a network that ends in probabilities of its own: what it says enters the formulas of
 * the loss as it is, without softmax or sigmoid (nnU-Net's losses with {@code apply_nonlin=None}).
 *
 * @param loss any
 */
public record OnProbabilities(LossFunction loss) implements LossFunction {
  @Override
  public NDArray evaluate(NDArray logits, Target target) {
    try (Prediction prediction = Prediction.ofProbabilities(logits, target)) {
      return loss.evaluate(prediction, target);
    }
  }

  @Override
  public LossFunction at(double progress) {
    return new OnProbabilities(loss.at(progress));
  }

  @Override
  public String toString() {
    return loss + " on probabilities";
  }
}
