package io.github.nnunet4j.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * Minus the soft Matthews correlation coefficient, meaned over classes (and samples): {@code (tp tn
 * - fp fn + smooth) / (sqrt((tp + fp) (tp + fn) (tn + fp) (tn + fn)) + smooth)} (Abhishek and
 * Hamarneh 2021; nnU-Net v1 {@code MCCLoss}). The counts are divided by the voxels of one sample
 * before, over the batch as well. Values lie in -1 to 1.
 *
 * <p>A class that is nowhere or everywhere has no correlation: it counts as 0, with smoothing as 1,
 * and has no gradient. The reference gives NaN there, as a value without smoothing and in any case
 * as a gradient, which ends a training.
 *
 * @param mean what the sums run over, and how the classes are meaned
 * @param smooth zero or positive
 */
public record MatthewsCorrelation(ClassMean mean, double smooth) implements PredictionLoss {
  private static final float SMALLEST_PRODUCT = 1e-30f;

  /** Checks the smoothing. */
  public MatthewsCorrelation {
    Dice.requireNotNegative(smooth, "smooth");
  }

  @Override
  public NDArray evaluate(Prediction prediction, Target target) {
    Shape shape = prediction.shape();
    double voxels = (double) shape.size() / (shape.get(0) * shape.get(1));
    try (SoftCounts counts = SoftCounts.of(prediction, target, mean, false).times(1 / voxels);
        NDArray right = counts.tp().mul(counts.tn());
        NDArray wrong = counts.fp().mul(counts.fn());
        NDArray difference = right.sub(wrong);
        NDArray numerator = difference.add((float) smooth);
        NDArray root = root(counts);
        NDArray denominator = root.add((float) smooth);
        NDArray correlation = numerator.div(denominator)) {
      return mean.minusMean(correlation, target);
    }
  }

  // the bound keeps the gradient of the square root finite
  private static NDArray root(SoftCounts counts) {
    try (NDArray predicted = counts.tp().add(counts.fp());
        NDArray real = counts.tp().add(counts.fn());
        NDArray unreal = counts.tn().add(counts.fp());
        NDArray unpredicted = counts.tn().add(counts.fn());
        NDArray positives = predicted.mul(real);
        NDArray negatives = unreal.mul(unpredicted);
        NDArray product = positives.mul(negatives);
        NDArray bounded = Scalars.atLeast(product, SMALLEST_PRODUCT)) {
      return bounded.sqrt();
    }
  }
}
