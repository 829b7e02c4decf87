package io.github.nnunet4j.loss;

import ai.djl.ndarray.NDArray;
import io.github.nnunet4j.internal.Checks;

/**
 * Minus the soft clDice of tubular structures, meaned over classes (and samples): the harmonic mean
 * of how much of the predicted skeleton lies in the target and how much of the target's skeleton
 * lies in the prediction, {@code (sum(s y) + smooth) / (sum(s) + smooth)} each (Shit et al. 2021,
 * "clDice - a novel topology-preserving loss function for tubular structure segmentation",
 * algorithm 2). Values lie in -1 to 0. The paper mixes it with Dice: {@code
 * Losses.dice().times(0.5).plus(Losses.centerlineDice(3).times(0.5))}.
 *
 * <p>Ignored voxels are outside of both.
 *
 * @param mean what the sums run over, and how the classes are meaned
 * @param iterations erosions of the soft skeleton, at least as many as the largest radius of a
 *     structure in voxels
 * @param smooth added above and below, zero or positive; the paper takes 1
 */
public record CenterlineDice(ClassMean mean, int iterations, double smooth)
    implements PredictionLoss {
  private static final float SMALLEST = 1e-8f;

  /** Checks the numbers. */
  public CenterlineDice {
    Checks.notNegative(iterations, "iterations");
    Dice.requireNotNegative(smooth, "smooth");
  }

  @Override
  public NDArray evaluate(Prediction prediction, Target target) {
    try (NDArray p = mean.channels(prediction.probabilities(), target);
        NDArray y = mean.channels(target.oneHot(), target);
        NDArray predicted = CountedVoxels.of(p, target);
        NDArray real = CountedVoxels.of(y, target);
        NDArray precision = covered(predicted, real);
        NDArray sensitivity = covered(real, predicted);
        NDArray product = precision.mul(sensitivity);
        NDArray twice = Scalars.times(product, 2);
        NDArray sum = precision.add(sensitivity);
        NDArray positive = Scalars.atLeast(sum, SMALLEST);
        NDArray score = twice.div(positive)) {
      return mean.minusMean(score, target);
    }
  }

  /** The share of the skeleton of an object that lies in another. */
  private NDArray covered(NDArray object, NDArray other) {
    int[] axes = mean.axes(object);
    try (NDArray skeleton = SoftSkeleton.of(object, iterations);
        NDArray shared = skeleton.mul(other);
        NDArray part = shared.sum(axes);
        NDArray whole = skeleton.sum(axes);
        NDArray numerator = part.add((float) smooth);
        NDArray denominator = whole.add((float) smooth);
        NDArray positive = Scalars.atLeast(denominator, SMALLEST)) {
      return numerator.div(positive);
    }
  }
}
