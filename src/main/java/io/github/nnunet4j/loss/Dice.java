package io.github.nnunet4j.loss;

import ai.djl.ndarray.NDArray;
import io.github.nnunet4j.internal.Checks;
import java.util.stream.IntStream;

/**
 * Minus the soft Dice, meaned over classes (and samples): with probabilities p and target y, {@code
 * (2 sum(p y) + smooth) / max(sum(p) + sum(y) + smooth, 1e-8)}. The sums run over the voxels that
 * count (nnU-Net v2 {@code MemoryEfficientSoftDiceLoss}). Values lie in -1 to 0.
 *
 * <p>Where every voxel is ignored it is -1 with smoothing and 0 without, and the gradient is 0.
 *
 * @param batchDice whether the sums run over the batch as well, as if it were one image
 * @param background whether class 0 counts; regions have no background, all of them count
 * @param smooth added above and below, zero or positive
 */
public record Dice(boolean batchDice, boolean background, double smooth) implements PredictionLoss {
  private static final float SMALLEST_DENOMINATOR = 1e-8f;

  /** Checks the smoothing. */
  public Dice {
    Checks.argument(
        smooth >= 0 && Double.isFinite(smooth), "smooth is finite, at least 0, not %s", smooth);
  }

  /**
   * The same with other sums.
   *
   * @param batchDice whether the sums run over the batch as well
   * @return the changed loss
   */
  public Dice withBatchDice(boolean batchDice) {
    return new Dice(batchDice, background, smooth);
  }

  /**
   * The same with or without background.
   *
   * @param background whether class 0 counts
   * @return the changed loss
   */
  public Dice withBackground(boolean background) {
    return new Dice(batchDice, background, smooth);
  }

  /**
   * The same with another smoothing.
   *
   * @param smooth added above and below, zero or positive
   * @return the changed loss
   */
  public Dice withSmooth(double smooth) {
    return new Dice(batchDice, background, smooth);
  }

  @Override
  public NDArray evaluate(Prediction prediction, Target target) {
    boolean dropFirst = !background && !target.regions();
    Checks.argument(
        !dropFirst || target.classes() > 1, "Dice without background needs two classes or more");
    try (NDArray p = view(prediction.probabilities(), dropFirst);
        NDArray y = view(target.oneHot(), dropFirst)) {
      if (target.mask().isEmpty()) {
        return score(p, y, y);
      }
      NDArray mask = target.mask().get();
      try (NDArray counted = p.mul(mask);
          NDArray truth = y.mul(mask)) {
        return score(counted, y, truth);
      }
    }
  }

  // p and truth are masked, so y need not be
  private NDArray score(NDArray p, NDArray y, NDArray truth) {
    int[] axes =
        IntStream.range(0, p.getShape().dimension())
            .filter(axis -> axis > 1 || (axis == 0 && batchDice))
            .toArray();
    try (NDArray products = p.mul(y);
        NDArray shared = products.sum(axes);
        NDArray predicted = p.sum(axes);
        NDArray real = truth.sum(axes);
        NDArray twice = Scalars.times(shared, 2);
        NDArray numerator = twice.add((float) smooth);
        NDArray both = predicted.add(real);
        NDArray denominator = both.add((float) smooth);
        NDArray positive = Scalars.atLeast(denominator, SMALLEST_DENOMINATOR);
        NDArray dice = numerator.div(positive);
        NDArray mean = dice.mean()) {
      return mean.neg();
    }
  }

  // a view of its own in either case, so that closing it leaves the argument alone
  private static NDArray view(NDArray channels, boolean dropFirst) {
    return dropFirst ? channels.get(":, 1:") : channels.reshape(channels.getShape());
  }
}
