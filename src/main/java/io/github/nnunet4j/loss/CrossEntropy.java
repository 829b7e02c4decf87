package io.github.nnunet4j.loss;

import ai.djl.ndarray.NDArray;
import io.github.nnunet4j.internal.Checks;
import java.util.List;

/**
 * Cross-entropy of softmax and labels, meaned over the voxels that count (torch's and thereby
 * nnU-Net v2's {@code RobustCrossEntropyLoss}). With class weights w and label smoothing e a voxel
 * of class t has {@code (1 - e) w_t nll_t + e / classes * sum_c w_c nll_c}, and the sum is divided
 * by the sum of the w_t. Not for regions.
 *
 * <p>A {@link Target#soft() soft} target with probabilities y has {@code sum_c w_c y_c nll_c} in
 * place of {@code w_t nll_t}, and the sum is divided by the number of voxels, as torch does it.
 *
 * <p>Where no voxel counts the value and the gradient are 0, as inside nnU-Net v2's {@code
 * DC_and_CE_loss}; its cross-entropy alone is NaN there, which ends a training for nothing.
 *
 * @param classWeights one per class, zero or positive; empty for all 1
 * @param labelSmoothing share of the target that is spread over all classes, 0 to 1
 */
public record CrossEntropy(List<Double> classWeights, double labelSmoothing)
    implements PredictionLoss {
  private static final float SMALLEST_WEIGHT = 1e-8f;
  private static final int[] CLASSES = {1};

  /** Copies and checks. */
  public CrossEntropy {
    classWeights = ClassWeights.copyOf(classWeights);
    Checks.probability(labelSmoothing, "label smoothing");
  }

  /**
   * The same with class weights.
   *
   * @param weights one per class, zero or positive
   * @return the changed loss
   */
  public CrossEntropy withClassWeights(List<Double> weights) {
    return new CrossEntropy(weights, labelSmoothing);
  }

  /**
   * The same with label smoothing.
   *
   * @param smoothing share of the target that is spread over all classes, 0 to 1
   * @return the changed loss
   */
  public CrossEntropy withLabelSmoothing(double smoothing) {
    return new CrossEntropy(classWeights, smoothing);
  }

  @Override
  public NDArray evaluate(Prediction prediction, Target target) {
    boolean plain = isPlainMean(target) && target.mask().isEmpty();
    if (plain && labelSmoothing == 0 && !target.soft()) { // the sign of the mean alone is turned
      try (NDArray picked = prediction.logProbabilities().gather(target.labels(), 1);
          NDArray mean = picked.mean()) {
        return mean.neg();
      }
    }
    try (NDArray voxels = voxels(prediction, target)) {
      if (plain) {
        return voxels.mean();
      }
      try (NDArray weights = countedWeights(voxels, target);
          NDArray sum = weights.sum();
          NDArray positive = Scalars.atLeast(sum, SMALLEST_WEIGHT);
          NDArray total = voxels.sum()) {
        return total.div(positive);
      }
    }
  }

  private boolean isPlainMean(Target target) {
    return classWeights.isEmpty() || target.soft();
  }

  /** The loss of each voxel (batch, 1, [z,] y, x), weighted; 0 where ignored. */
  NDArray voxels(Prediction prediction, Target target) {
    NDArray logarithms = prediction.logProbabilities();
    NDArray voxels =
        target.soft()
            ? overAllClasses(logarithms, target.oneHot())
            : negativeLogLikelihood(logarithms, target);
    if (labelSmoothing > 0) {
      try (NDArray hard = voxels;
          NDArray scaled = Scalars.times(hard, 1 - labelSmoothing);
          NDArray all = overAllClasses(logarithms);
          NDArray spread = Scalars.times(all, labelSmoothing / logarithms.getShape().get(1))) {
        voxels = scaled.add(spread);
      }
    }
    if (target.mask().isPresent()) {
      try (NDArray all = voxels) {
        voxels = all.mul(target.mask().get());
      }
    }
    return voxels;
  }

  private NDArray negativeLogLikelihood(NDArray logarithms, Target target) {
    try (NDArray picked = logarithms.gather(target.labels(), 1)) {
      if (classWeights.isEmpty()) {
        return picked.neg();
      }
      try (NDArray weights = ClassWeights.ofVoxels(picked, classWeights, target);
          NDArray negative = weights.neg()) {
        return picked.mul(negative);
      }
    }
  }

  private NDArray overAllClasses(NDArray logarithms, NDArray shares) {
    try (NDArray parts = logarithms.mul(shares)) {
      return overAllClasses(parts);
    }
  }

  /** Minus the weighted sum over the classes. */
  private NDArray overAllClasses(NDArray logarithms) {
    if (classWeights.isEmpty()) {
      try (NDArray sum = logarithms.sum(CLASSES, true)) {
        return sum.neg();
      }
    }
    try (NDArray weights = ClassWeights.channels(logarithms, classWeights);
        NDArray weighted = logarithms.mul(weights);
        NDArray sum = weighted.sum(CLASSES, true)) {
      return sum.neg();
    }
  }

  // what the sum is divided by: 1 or the weight of each voxel that counts
  private NDArray countedWeights(NDArray voxels, Target target) {
    if (isPlainMean(target)) {
      NDArray mask = target.mask().orElseThrow();
      return mask.reshape(mask.getShape());
    }
    NDArray weights = ClassWeights.ofVoxels(voxels, classWeights, target);
    if (target.mask().isEmpty()) {
      return weights;
    }
    try (NDArray all = weights) {
      return all.mul(target.mask().get());
    }
  }
}
