package io.github.nnunet4j.loss;

import ai.djl.ndarray.NDArray;

/**
 * Minus the soft Dice with squares below, {@code 2 (sum(p y) + smooth) / (sum(p^2) + sum(y^2) +
 * smooth)}, meaned over classes (and samples). The smoothing counts twice above, as in nnU-Net v1
 * {@code SoftDiceLossSquared}; a class that is neither there nor predicted thus has the Dice 2
 * rather than 1. Sums run over the voxels that count; without smoothing the denominator is at least
 * 1e-8.
 *
 * @param mean what the sums run over, and how the classes are meaned
 * @param smooth zero or positive
 */
public record SquaredDice(ClassMean mean, double smooth) implements PredictionLoss {
  private static final float SMALLEST_DENOMINATOR = 1e-8f;

  /** Checks the smoothing. */
  public SquaredDice {
    Dice.requireNotNegative(smooth, "smooth");
  }

  @Override
  public NDArray evaluate(Prediction prediction, Target target) {
    try (Overlap sums = Overlap.ofSquares(prediction, target, mean);
        NDArray shared = sums.shared().add((float) smooth);
        NDArray numerator = Scalars.times(shared, 2);
        NDArray both = sums.predicted().add(sums.real());
        NDArray denominator = both.add((float) smooth);
        NDArray positive = Scalars.atLeast(denominator, SMALLEST_DENOMINATOR);
        NDArray dice = numerator.div(positive)) {
      return mean.minusMean(dice, target);
    }
  }
}
