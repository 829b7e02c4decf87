package io.github.nnunet4j.loss;

import ai.djl.ndarray.NDArray;
import io.github.nnunet4j.internal.Checks;
import java.util.List;

/**
 * An estimate of the Hausdorff distance from distance maps: the mean of {@code (p - y)^2 (d_y^a +
 * d_p^a)}, where d_y is the distance to the border of the target and d_p that to the border of what
 * is predicted with more than 0.5 (Karimi and Salcudean 2019, "Reducing the Hausdorff distance in
 * medical image segmentation with convolutional neural networks", eq. 8; one-sided, without d_p,
 * eq. 9). The distances are constants for the gradient. The paper adds it to Dice with a weight
 * that keeps both alike.
 *
 * <p>Borders as in {@link BoundaryLoss}. The mean runs over the classes and the voxels that count.
 *
 * @param background whether class 0 counts; all regions count
 * @param spacing of the voxels (z, y, x) or (y, x), positive; empty for distances in voxels
 * @param exponent a, above 0; the paper takes 2
 * @param oneSided whether only the target's distances count, at half the time
 */
public record HausdorffLoss(
    boolean background, List<Double> spacing, double exponent, boolean oneSided)
    implements PredictionLoss {
  /** Copies and checks. */
  public HausdorffLoss {
    spacing = DistanceMaps.checked(spacing);
    Checks.positive(exponent, "exponent");
  }

  /**
   * The same in millimetres.
   *
   * @param spacing of the voxels (z, y, x) or (y, x), positive
   * @return the changed loss
   */
  public HausdorffLoss withSpacing(List<Double> spacing) {
    return new HausdorffLoss(background, spacing, exponent, oneSided);
  }

  /**
   * The same without the distances of the prediction.
   *
   * @return the changed loss
   */
  public HausdorffLoss onOneSide() {
    return new HausdorffLoss(background, spacing, exponent, true);
  }

  @Override
  public NDArray evaluate(Prediction prediction, Target target) {
    ClassMean mean = ClassMean.of(false, background);
    try (NDArray p = mean.channels(prediction.probabilities(), target);
        NDArray y = mean.channels(target.oneHot(), target);
        NDArray distances = distances(p, y, target);
        NDArray errors = p.sub(y);
        NDArray squares = errors.mul(errors);
        NDArray voxels = squares.mul(distances)) {
      return VoxelMean.of(voxels, target);
    }
  }

  private NDArray distances(NDArray p, NDArray y, Target target) {
    try (NDArray counted = CountedVoxels.of(y, target)) {
      NDArray real = maps(counted);
      if (oneSided) {
        return real;
      }
      try (real;
          NDArray seen = CountedVoxels.of(p, target);
          NDArray predicted = maps(seen)) {
        return real.add(predicted);
      }
    }
  }

  private NDArray maps(NDArray channels) {
    return new DistanceMaps(spacing).power(channels, exponent);
  }
}
