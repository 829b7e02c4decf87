package io.github.nnunet4j.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.nnunet4j.internal.Checks;
import java.util.List;

/**
 * The mean over the worst share of all voxels of the batch (nnU-Net v2 {@code TopKLoss}). Ignored
 * voxels have the value 0 but count in the number that the share is taken of. Class weights
 * multiply the voxel values, the mean is plain. Not for regions.
 *
 * <p>At least one voxel is taken; the reference gives NaN where the share is below one voxel, as on
 * the small outputs of deep supervision.
 *
 * @param fraction share of the voxels, above 0, at most 1; used as a percentage with eight decimals
 * @param voxels what a voxel costs
 */
public record TopK(double fraction, CrossEntropy voxels) implements PredictionLoss {
  /** Checks the share. */
  public TopK {
    Checks.argument(
        fraction > 0 && fraction <= 1, "top-k takes a share above 0, at most 1, not %s", fraction);
  }

  /**
   * The same with class weights.
   *
   * @param weights one per class, zero or positive
   * @return the changed loss
   */
  public TopK withClassWeights(List<Double> weights) {
    return new TopK(fraction, voxels.withClassWeights(weights));
  }

  /**
   * The same with label smoothing.
   *
   * @param smoothing share of the target that is spread over all classes, 0 to 1
   * @return the changed loss
   */
  public TopK withLabelSmoothing(double smoothing) {
    return new TopK(fraction, voxels.withLabelSmoothing(smoothing));
  }

  @Override
  public NDArray evaluate(Prediction prediction, Target target) {
    try (NDArray losses = voxels.voxels(prediction, target);
        NDArray flat = losses.flatten();
        NDList worst = flat.topK(count(flat.size()), 0, true, false)) {
      return worst.get(0).mean();
    }
  }

  /** How many of so many voxels. */
  int count(long voxels) {
    // 0.29 * 100 is 28.999999999999996: the percentage the caller meant decides
    double percent = Math.rint(fraction * 1e10) / 1e8;
    return Math.toIntExact(Math.max(1, (long) (voxels * percent / 100)));
  }
}
