package io.github.nnunet4j.loss;

import ai.djl.ndarray.NDArray;
import io.github.nnunet4j.internal.Checks;

/**
 * The focal Tversky loss, {@code (1 - index)^(1 / gamma)} meaned over classes (and samples), which
 * with a gamma above 1 turns to the classes that are segmented badly (Abraham and Khan 2019, "A
 * novel focal Tversky loss function with improved attention U-Net for lesion segmentation"; the
 * paper sums over the classes, and its alpha weighs false negatives). Values lie in 0 to 1.
 *
 * @param tversky gives the index
 * @param gamma above 0; the paper takes 4/3
 */
public record FocalTversky(Tversky tversky, double gamma) implements PredictionLoss {
  private static final float SMALLEST_DISTANCE = 1e-7f;

  /** Checks gamma. */
  public FocalTversky {
    Checks.positive(gamma, "gamma");
  }

  @Override
  public NDArray evaluate(Prediction prediction, Target target) {
    try (NDArray index = tversky.index(prediction, target);
        NDArray less = index.sub(1);
        NDArray rest = less.neg();
        NDArray bounded = Scalars.atLeast(rest, SMALLEST_DISTANCE);
        NDArray focal = Scalars.power(bounded, 1 / gamma)) {
      return tversky.mean().mean(focal, target);
    }
  }
}
