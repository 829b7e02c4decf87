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

  // the target is added up before there are probabilities: it needs as much memory for a moment
  private static Overlap of(Prediction prediction, Target target, ClassMean mean, boolean squares) {
    try (Members members = new Members(target, mean)) {
      NDArray real = members.size(squares);
      try (NDArray all = mean.channels(prediction.probabilities(), target);
          NDArray p = CountedVoxels.of(all, target);
          NDArray products = members.inside(p)) {
        return new Overlap(products.sum(members.axes()), sum(p, members.axes(), squares), real);
      }
    }
  }

  /** The numbers or their squares, added up. */
  static NDArray sum(NDArray array, int[] axes, boolean squares) {
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
