package io.github.nnunet4j.loss;

import ai.djl.ndarray.NDArray;

/**
 * Soft true and false positives and negatives, per class or per sample and class, over the voxels
 * that count (nnU-Net {@code get_tp_fp_fn_tn}). Small ones are exact in float32: only the true
 * negatives are a difference of sums, and those of voxels outside of the target alone.
 *
 * @param tp sum of p y
 * @param fp sum of p (1 - y)
 * @param fn sum of (1 - p) y
 * @param tn sum of (1 - p) (1 - y)
 */
record SoftCounts(NDArray tp, NDArray fp, NDArray fn, NDArray tn) implements AutoCloseable {
  /**
   * The counts.
   *
   * @param mean which channels count and what the sums run over
   * @param squares whether the products are squared before the sum
   */
  static SoftCounts of(Prediction prediction, Target target, ClassMean mean, boolean squares) {
    try (NDArray p = mean.channels(prediction.probabilities(), target);
        NDArray q = oneMinus(p);
        NDArray inside = mean.channels(target.oneHot(), target);
        NDArray outside = oneMinus(inside);
        NDArray y = CountedVoxels.of(inside, target);
        NDArray n = CountedVoxels.of(outside, target)) {
      int[] axes = mean.axes(p);
      NDArray fp = sum(p, n, axes, squares);
      return new SoftCounts(
          sum(p, y, axes, squares),
          fp,
          sum(q, y, axes, squares),
          squares ? sum(q, n, axes, true) : rest(n, fp, axes));
    }
  }

  private static NDArray rest(NDArray all, NDArray part, int[] axes) {
    try (NDArray sum = all.sum(axes)) {
      return sum.sub(part);
    }
  }

  private static NDArray oneMinus(NDArray array) {
    try (NDArray less = array.sub(1)) {
      return less.neg();
    }
  }

  private static NDArray sum(NDArray a, NDArray b, int[] axes, boolean squares) {
    try (NDArray product = a.mul(b)) {
      if (!squares) {
        return product.sum(axes);
      }
      try (NDArray square = product.mul(product)) {
        return square.sum(axes);
      }
    }
  }

  /** All of them times a number; closes these. */
  SoftCounts times(double factor) {
    try (SoftCounts before = this) {
      return new SoftCounts(
          Scalars.times(before.tp, factor),
          Scalars.times(before.fp, factor),
          Scalars.times(before.fn, factor),
          Scalars.times(before.tn, factor));
    }
  }

  @Override
  public void close() {
    tp.close();
    fp.close();
    fn.close();
    tn.close();
  }
}
