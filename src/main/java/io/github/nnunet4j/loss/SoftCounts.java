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
    try (Members members = new Members(target, mean);
        NDArray unreal = members.sizeOutside();
        NDArray all = mean.channels(prediction.probabilities(), target);
        NDArray p = CountedVoxels.of(all, target)) {
      int[] axes = members.axes();
      NDArray tp = sum(members.inside(p), axes, squares);
      NDArray fp = sum(members.outside(p), axes, squares);
      try (NDArray less = all.sub(1);
          NDArray rest = CountedVoxels.of(less, target)) { // minus 1 - p
        return new SoftCounts(
            tp,
            fp,
            sumOfRest(members.inside(rest), axes, squares),
            squares ? sumOfRest(members.outside(rest), axes, true) : unreal.sub(fp));
      }
    }
  }

  /** The sum of numbers whose sign is turned; closes them. */
  private static NDArray sumOfRest(NDArray products, int[] axes, boolean squares) {
    NDArray sum = sum(products, axes, squares);
    if (squares) {
      return sum;
    }
    try (sum) {
      return sum.neg();
    }
  }

  /** The sum of numbers or of their squares; closes them. */
  private static NDArray sum(NDArray products, int[] axes, boolean squares) {
    try (products) {
      return Overlap.sum(products, axes, squares);
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
