package io.github.nnunet4j.loss;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * The boundary loss: the mean of probability times signed distance to the border of the target,
 * negative inside (Kervadec et al. 2019, "Boundary loss for highly unbalanced segmentation", eq.
 * 5). Meant as a part of a sum, with a weight that grows while that of Dice falls: {@code
 * Losses.dice().times(new Ramp(1, 0.01, 0, 1)).plus(Losses.boundary().times(new Ramp(0.01, 1, 0,
 * 1)))}.
 *
 * <p>The border of an object are its voxels with a neighbour outside along an axis; the edge of the
 * patch is none. An object without a border in a patch adds 0. The mean runs over the classes and
 * the voxels that count; ignored voxels are outside of all objects.
 *
 * @param background whether class 0 counts; all regions count
 * @param spacing of the voxels (z, y, x) or (y, x), positive; empty for distances in voxels
 */
public record BoundaryLoss(boolean background, List<Double> spacing) implements PredictionLoss {
  /** Copies and checks. */
  public BoundaryLoss {
    spacing = DistanceMaps.checked(spacing);
  }

  /**
   * The same in millimetres.
   *
   * @param spacing of the voxels (z, y, x) or (y, x), positive
   * @return the changed loss
   */
  public BoundaryLoss withSpacing(List<Double> spacing) {
    return new BoundaryLoss(background, spacing);
  }

  @Override
  public NDArray evaluate(Prediction prediction, Target target) {
    ClassMean mean = ClassMean.of(false, background);
    try (NDArray p = mean.channels(prediction.probabilities(), target);
        NDArray y = mean.channels(target.oneHot(), target);
        NDArray counted = CountedVoxels.of(y, target);
        NDArray distances = new DistanceMaps(spacing).signed(counted);
        NDArray voxels = p.mul(distances)) {
      return VoxelMean.of(voxels, target);
    }
  }
}
