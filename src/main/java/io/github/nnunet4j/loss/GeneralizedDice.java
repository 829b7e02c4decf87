package io.github.nnunet4j.loss;

import ai.djl.ndarray.NDArray;
import io.github.nnunet4j.internal.Checks;

/**
 * Minus the generalized Dice (Sudre et al. 2017, as in nnU-Net v1 {@code GDL}): true positives,
 * false positives and false negatives of each class are divided by the volume of the class, summed
 * over the classes, and then make one Dice per sample, or one for the batch: {@code (2 tp + smooth)
 * / (2 tp + fp + fn + smooth)}. An empty class weighs 1e6 times as much as one of volume 1.
 *
 * @param mean what the sums run over, and which classes count; without class weights, for the
 *     volumes are the weights
 * @param smooth added above and below, zero or positive
 * @param squareProducts whether the products of each voxel are squared before the sums
 * @param squareVolumes whether the classes are divided by the square of their volumes, as in the
 *     paper; nnU-Net does not
 */
public record GeneralizedDice(
    ClassMean mean, double smooth, boolean squareProducts, boolean squareVolumes)
    implements PredictionLoss {
  private static final float SMALLEST_VOLUME = 1e-6f;
  private static final float SMALLEST_DENOMINATOR = 1e-8f;

  /** Checks the smoothing. */
  public GeneralizedDice {
    Dice.requireNotNegative(smooth, "smooth");
    Checks.argument(
        mean.classWeights().isEmpty(),
        "generalized Dice weighs classes by their volume, not by %s",
        mean.classWeights());
  }

  @Override
  public NDArray evaluate(Prediction prediction, Target target) {
    try (Overlap sums = Overlap.of(prediction, target, mean);
        NDArray volumes = volumes(sums.real())) {
      if (!squareProducts) {
        try (NDArray both = sums.predicted().add(sums.real())) {
          return score(sums.shared(), both, volumes);
        }
      }
      try (SoftCounts counts = SoftCounts.of(prediction, target, mean, true);
          NDArray twice = Scalars.times(counts.tp(), 2);
          NDArray wrong = counts.fp().add(counts.fn());
          NDArray both = twice.add(wrong)) {
        return score(counts.tp(), both, volumes);
      }
    }
  }

  private NDArray volumes(NDArray real) {
    NDArray volumes = real.add(SMALLEST_VOLUME);
    if (!squareVolumes) {
      return volumes;
    }
    try (volumes) {
      return volumes.mul(volumes);
    }
  }

  private NDArray score(NDArray shared, NDArray both, NDArray volumes) {
    int[] classes = {mean.batch() ? 0 : 1};
    try (NDArray sharedParts = shared.div(volumes);
        NDArray bothParts = both.div(volumes);
        NDArray sharedSum = sharedParts.sum(classes);
        NDArray bothSum = bothParts.sum(classes);
        NDArray twice = Scalars.times(sharedSum, 2);
        NDArray numerator = twice.add((float) smooth);
        NDArray denominator = bothSum.add((float) smooth);
        NDArray positive = Scalars.atLeast(denominator, SMALLEST_DENOMINATOR);
        NDArray dice = numerator.div(positive);
        NDArray all = dice.mean()) {
      return all.neg();
    }
  }
}
