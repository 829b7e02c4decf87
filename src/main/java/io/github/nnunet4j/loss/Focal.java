package io.github.nnunet4j.loss;

import ai.djl.ndarray.NDArray;
import io.github.nnunet4j.internal.Checks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The focal loss, {@code -w_t (1 - q)^gamma log(q)} of each voxel, where q is the probability p of
 * the voxel's class t, meaned over the voxels that count (Lin et al. 2017). With smoothing s and C
 * classes the target is at most 1 - s and at least s / (C - 1), and {@code q = (1 - s) p + s / (C -
 * 1) (1 - p) + s} (nnU-Net v1 {@code FocalLossV2}). For regions each channel is a problem of two
 * classes and its weight is that of the region. A soft target counts with the exponential of minus
 * its cross-entropy as p.
 *
 * <p>Without smoothing the logarithm is that of the softmax itself, exact where the reference takes
 * that of a number too small for float32.
 *
 * @param classWeights zero or positive; empty for the same weight for all
 * @param otherWeight the weight of the classes after those, zero or positive; empty if every class
 *     must have one
 * @param gamma zero or positive; 0 for weighted cross-entropy
 * @param smooth 0 to 1
 * @param sum whether voxels are added up rather than meaned
 */
public record Focal(
    List<Double> classWeights,
    Optional<Double> otherWeight,
    double gamma,
    double smooth,
    boolean sum)
    implements PredictionLoss {
  private static final float SMALLEST_BASE = 1e-12f;
  private static final CrossEntropy VOXELS = new CrossEntropy(List.of(), 0);

  /** Copies and checks. */
  public Focal {
    classWeights = ClassWeights.copyOf(classWeights);
    otherWeight.ifPresent(weight -> ClassWeights.copyOf(List.of(weight)));
    Dice.requireNotNegative(gamma, "gamma");
    Checks.probability(smooth, "smooth");
  }

  /**
   * The same with a weight for one class and the rest to 1 for each other.
   *
   * @param alpha the weight of the class, 0 to 1
   * @param index of the class
   * @return the changed loss
   */
  public Focal withAlpha(double alpha, int index) {
    Checks.probability(alpha, "alpha");
    Checks.notNegative(index, "index");
    List<Double> weights = new ArrayList<>(Collections.nCopies(index, 1 - alpha));
    weights.add(alpha);
    return new Focal(weights, Optional.of(1 - alpha), gamma, smooth, sum);
  }

  /**
   * The same with class weights, divided by their sum.
   *
   * @param weights one per class, zero or positive
   * @return the changed loss
   */
  public Focal withClassWeights(List<Double> weights) {
    double total = weights.stream().mapToDouble(Double::doubleValue).sum();
    Checks.argument(total > 0, "one of the class weights is above 0, not %s", weights);
    List<Double> shares = weights.stream().map(weight -> weight / total).toList();
    return new Focal(shares, Optional.empty(), gamma, smooth, sum);
  }

  /**
   * The same with another smoothing.
   *
   * @param smooth 0 to 1
   * @return the changed loss
   */
  public Focal withSmooth(double smooth) {
    return new Focal(classWeights, otherWeight, gamma, smooth, sum);
  }

  /**
   * The same, voxels added up.
   *
   * @return the changed loss
   */
  public Focal summed() {
    return new Focal(classWeights, otherWeight, gamma, smooth, true);
  }

  @Override
  public NDArray evaluate(Prediction prediction, Target target) {
    try (NDArray cost = cost(prediction, target);
        NDArray focal = focal(cost, target.regions() ? 2 : target.classes());
        NDArray weights = weights(cost, target);
        NDArray voxels = focal.mul(weights)) {
      if (!sum) {
        return VoxelMean.of(voxels, target);
      }
      if (target.mask().isEmpty()) {
        return voxels.sum();
      }
      try (NDArray counted = voxels.mul(target.mask().get())) {
        return counted.sum();
      }
    }
  }

  // minus the logarithm of p
  private static NDArray cost(Prediction prediction, Target target) {
    return target.regions()
        ? BinaryCrossEntropy.voxels(prediction.logits(), target.oneHot())
        : VOXELS.voxels(prediction, target);
  }

  private NDArray focal(NDArray cost, int classes) {
    try (NDArray logarithm = cost.neg();
        NDArray p = logarithm.exp()) {
      if (smooth == 0) {
        return focal(p, cost);
      }
      double least = smooth / Math.max(1, classes - 1) + smooth;
      try (NDArray scaled = Scalars.times(p, 1 - least);
          NDArray q = scaled.add((float) least);
          NDArray smoothLogarithm = q.log();
          NDArray smoothCost = smoothLogarithm.neg()) {
        return focal(q, smoothCost);
      }
    }
  }

  private NDArray focal(NDArray q, NDArray cost) {
    try (NDArray less = q.sub(1);
        NDArray rest = less.neg();
        NDArray base = Scalars.atLeast(rest, SMALLEST_BASE);
        NDArray factor = Scalars.power(base, gamma)) {
      return factor.mul(cost);
    }
  }

  private NDArray weights(NDArray cost, Target target) {
    List<Double> all = new ArrayList<>(classWeights);
    double other = otherWeight.orElse(1.0);
    if (all.isEmpty()) {
      return Scalars.of(cost, other);
    }
    if (otherWeight.isPresent()) {
      all.addAll(Collections.nCopies(Math.max(0, target.classes() - all.size()), other));
    }
    ClassWeights.requireOnePerClass(all, target);
    return target.regions()
        ? ClassWeights.channels(cost, all)
        : ClassWeights.ofVoxels(cost, all, target);
  }
}
