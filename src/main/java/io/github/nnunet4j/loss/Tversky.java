package io.github.nnunet4j.loss;

import ai.djl.ndarray.NDArray;

/**
 * Minus the Tversky index, meaned over classes (and samples): {@code (tp + smooth) / (tp + a fp + b
 * fn + smooth)}, with weights of the false positives and false negatives of their own (Salehi et
 * al. 2017, "Tversky loss function for image segmentation using 3D fully convolutional deep
 * networks", who advise 0.3 and 0.7 for small lesions). With both 0.5 it is {@link Dice} of twice
 * the smoothing. Values lie in -1 to 0.
 *
 * @param mean what the sums run over, and how the classes are meaned
 * @param falsePositives their weight a, zero or positive
 * @param falseNegatives their weight b, zero or positive
 * @param smooth added above and below, zero or positive
 */
public record Tversky(ClassMean mean, double falsePositives, double falseNegatives, double smooth)
    implements PredictionLoss {
  private static final float SMALLEST_DENOMINATOR = 1e-8f;

  /** Checks the numbers. */
  public Tversky {
    Dice.requireNotNegative(falsePositives, "falsePositives");
    Dice.requireNotNegative(falseNegatives, "falseNegatives");
    Dice.requireNotNegative(smooth, "smooth");
  }

  @Override
  public NDArray evaluate(Prediction prediction, Target target) {
    try (NDArray index = index(prediction, target)) {
      return mean.minusMean(index, target);
    }
  }

  /** The index (channels) or (batch, channels), 0 to 1. */
  NDArray index(Prediction prediction, Target target) {
    try (Overlap sums = Overlap.of(prediction, target, mean);
        NDArray wrong = sums.predicted().sub(sums.shared());
        NDArray missed = sums.real().sub(sums.shared());
        NDArray weightedWrong = Scalars.times(wrong, falsePositives);
        NDArray weightedMissed = Scalars.times(missed, falseNegatives);
        NDArray errors = weightedWrong.add(weightedMissed);
        NDArray numerator = sums.shared().add((float) smooth);
        NDArray denominator = numerator.add(errors);
        NDArray positive = Scalars.atLeast(denominator, SMALLEST_DENOMINATOR)) {
      return numerator.div(positive);
    }
  }

  /**
   * The focal Tversky loss of this index.
   *
   * @param gamma above 0; the paper takes 4/3
   * @return the loss, 0 to 1
   */
  public FocalTversky focal(double gamma) {
    return new FocalTversky(this, gamma);
  }
}
