package io.github.nnunet4j.loss;

import ai.djl.ndarray.NDArray;

/**
 * {@code -log(-loss)} of a loss between -1 and 0, such as Dice (nnU-Net v1 {@code log_dice}).
 * Values start at 0; where the loss is 0 or above it is 69, the limit of float32, without a
 * gradient.
 *
 * @param loss of values -1 to 0
 */
public record MinusLog(LossFunction loss) implements PredictionLoss {
  private static final float SMALLEST_SCORE = 1e-30f;

  @Override
  public NDArray evaluate(Prediction prediction, Target target) {
    try (NDArray value = loss.evaluate(prediction, target);
        NDArray score = value.neg();
        NDArray positive = Scalars.atLeast(score, SMALLEST_SCORE);
        NDArray logarithm = positive.log()) {
      return logarithm.neg();
    }
  }

  @Override
  public LossFunction at(double progress) {
    return new MinusLog(loss.at(progress));
  }

  @Override
  public String toString() {
    return "-log(-" + loss + ")";
  }
}
