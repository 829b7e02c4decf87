package io.github.nnunet4j.loss;

import ai.djl.ndarray.NDArray;
import io.github.nnunet4j.internal.Checks;
import java.util.List;

/**
 * Minus the soft Dice, meaned over classes (and samples): with probabilities p and target y, {@code
 * (2 sum(p y) + smooth) / max(sum(p) + sum(y) + smooth + offset, 1e-8)}. The sums run over the
 * voxels that count (nnU-Net v2 {@code MemoryEfficientSoftDiceLoss}; with an offset of 1e-8 v1
 * {@code SoftDiceLoss}). Values lie in -1 to 0.
 *
 * <p>Where every voxel is ignored it is -1 with smoothing and 0 without, and the gradient is 0.
 *
 * @param mean what the sums run over, and how the classes are meaned
 * @param smooth added above and below, zero or positive
 * @param offset added below only, zero or positive
 * @param leastOverlap what sum(p y) is raised to where it is below, above and below the line (v2
 *     {@code SoftDiceLoss}, {@code clip_tp}), zero or positive
 */
public record Dice(ClassMean mean, double smooth, double offset, double leastOverlap)
    implements PredictionLoss {
  private static final float SMALLEST_DENOMINATOR = 1e-8f;
  private static final double V1_OFFSET = 1e-8;

  /** Checks the numbers. */
  public Dice {
    requireNotNegative(smooth, "smooth");
    requireNotNegative(offset, "offset");
    requireNotNegative(leastOverlap, "leastOverlap");
  }

  static void requireNotNegative(double number, String name) {
    Checks.argument(
        number >= 0 && Double.isFinite(number), "%s is finite, at least 0, not %s", name, number);
  }

  /**
   * The same with other sums.
   *
   * @param batchDice whether the sums run over the batch as well
   * @return the changed loss
   */
  public Dice withBatchDice(boolean batchDice) {
    return new Dice(mean.withBatch(batchDice), smooth, offset, leastOverlap);
  }

  /**
   * The same with or without background.
   *
   * @param background whether class 0 counts
   * @return the changed loss
   */
  public Dice withBackground(boolean background) {
    return new Dice(mean.withBackground(background), smooth, offset, leastOverlap);
  }

  /**
   * The same with class weights.
   *
   * @param weights one per class, the background included, zero or positive
   * @return the changed loss
   */
  public Dice withClassWeights(List<Double> weights) {
    return new Dice(mean.withClassWeights(weights), smooth, offset, leastOverlap);
  }

  /**
   * The same with another smoothing.
   *
   * @param smooth added above and below, zero or positive
   * @return the changed loss
   */
  public Dice withSmooth(double smooth) {
    return new Dice(mean, smooth, offset, leastOverlap);
  }

  /**
   * The same with a bound of the overlap, whose gradient vanishes below it.
   *
   * @param least of sum(p y), zero or positive
   * @return the changed loss
   */
  public Dice withLeastOverlap(double least) {
    return new Dice(mean, smooth, offset, least);
  }

  /**
   * The rule of nnU-Net v1, which adds 1e-8 to the denominator where v2 bounds it by that. It makes
   * a difference of 0.001 at most, and only for a class that is neither there nor predicted.
   *
   * @return the changed loss
   */
  public Dice asInV1() {
    return new Dice(mean, smooth, V1_OFFSET, leastOverlap);
  }

  @Override
  public NDArray evaluate(Prediction prediction, Target target) {
    try (Overlap sums = Overlap.of(prediction, target, mean);
        NDArray both = sums.predicted().add(sums.real())) {
      if (leastOverlap == 0) {
        return score(sums.shared(), both, target);
      }
      try (NDArray raised = Scalars.atLeast(sums.shared(), leastOverlap);
          NDArray rise = raised.sub(sums.shared());
          NDArray twice = Scalars.times(rise, 2);
          NDArray all = both.add(twice)) {
        return score(raised, all, target);
      }
    }
  }

  private NDArray score(NDArray shared, NDArray both, Target target) {
    try (NDArray twice = Scalars.times(shared, 2);
        NDArray numerator = twice.add((float) smooth);
        NDArray smoothed = both.add((float) smooth);
        NDArray denominator = smoothed.add((float) offset);
        NDArray positive = Scalars.atLeast(denominator, SMALLEST_DENOMINATOR);
        NDArray dice = numerator.div(positive)) {
      return mean.minusMean(dice, target);
    }
  }

  @Override
  public String toString() {
    return "Dice[batchDice="
        + mean.batch()
        + ", background="
        + mean.background()
        + (mean.classWeights().isEmpty() ? "" : ", classWeights=" + mean.classWeights())
        + ", smooth="
        + smooth
        + (offset == 0 ? "" : ", offset=" + offset)
        + (leastOverlap == 0 ? "" : ", leastOverlap=" + leastOverlap)
        + "]";
  }
}
