package io.github.nnunet4j.loss;

import ai.djl.ndarray.NDArray;

/**
 * The three sums that overlap scores are made of, per class or per sample and class, over the
 * voxels that count.
 *
 * @param shared sum of probability times target
 * @param predicted sum of the probabilities, or of their squares
 * @param real sum of the target, or of its squares
 */
record Overlap(NDArray shared, NDArray predicted, NDArray real) implements AutoCloseable {
  static Overlap of(Prediction prediction, Target target, ClassMean mean) {
    return of(prediction, target, mean, false);
  }

  static Overlap ofSquares(Prediction prediction, Target target, ClassMean mean) {
    return of(prediction, target, mean, true);
  }

  private static Overlap of(Prediction prediction, Target target, ClassMean mean, boolean squares) {
    try (NDArray p = mean.channels(prediction.probabilities(), target);
        NDArray y = mean.channels(target.oneHot(), target)) {
      int[] axes = mean.axes(p);
      if (target.mask().isEmpty()) {
        return sums(p, y, y, axes, squares);
      }
      NDArray mask = target.mask().get();
      try (NDArray counted = p.mul(mask);
          NDArray truth = y.mul(mask)) {
        return sums(counted, y, truth, axes, squares);
      }
    }
  }

  // p and truth are masked, so y need not be
  private static Overlap sums(NDArray p, NDArray y, NDArray truth, int[] axes, boolean squares) {
    try (NDArray products = p.mul(y)) {
      return new Overlap(products.sum(axes), sum(p, axes, squares), sum(truth, axes, squares));
    }
  }

  private static NDArray sum(NDArray array, int[] axes, boolean squares) {
    if (!squares) {
      return array.sum(axes);
    }
    try (NDArray square = array.mul(array)) {
      return square.sum(axes);
    }
  }

  @Override
  public void close() {
    shared.close();
    predicted.close();
    real.close();
  }
}
