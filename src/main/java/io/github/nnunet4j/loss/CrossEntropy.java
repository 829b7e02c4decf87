package io.github.nnunet4j.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.github.nnunet4j.internal.Checks;
import java.util.Arrays;
import java.util.List;

/**
 * Cross-entropy of softmax and labels, meaned over the voxels that count (torch's and thereby
 * nnU-Net v2's {@code RobustCrossEntropyLoss}). With class weights w and label smoothing e a voxel
 * of class t has {@code (1 - e) w_t nll_t + e / classes * sum_c w_c nll_c}, and the sum is divided
 * by the sum of the w_t. Not for regions.
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

  /** Copies and checks. */
  public CrossEntropy {
    classWeights = List.copyOf(classWeights);
    for (double weight : classWeights) {
      Checks.argument(
          weight >= 0 && Double.isFinite(weight), "class weights are at least 0, not %s", weight);
    }
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
    try (NDArray voxels = voxels(prediction, target)) {
      if (classWeights.isEmpty() && target.mask().isEmpty()) {
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

  /** The loss of each voxel (batch, 1, [z,] y, x), weighted; 0 where ignored. */
  NDArray voxels(Prediction prediction, Target target) {
    NDArray logarithms = prediction.logProbabilities();
    NDArray voxels = negativeLogLikelihood(logarithms, target);
    if (labelSmoothing > 0) {
      try (NDArray hard = voxels;
          NDArray scaled = Scalars.times(hard, 1 - labelSmoothing);
          NDArray spread = overAllClasses(logarithms)) {
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
      try (NDArray weights = weightOfVoxels(picked, target);
          NDArray negative = weights.neg()) {
        return picked.mul(negative);
      }
    }
  }

  private NDArray overAllClasses(NDArray logarithms) {
    float share = (float) (-labelSmoothing / logarithms.getShape().get(1));
    if (classWeights.isEmpty()) {
      try (NDArray sum = logarithms.sum(new int[] {1}, true)) {
        return Scalars.times(sum, share);
      }
    }
    long[] shape = new long[logarithms.getShape().dimension()];
    Arrays.fill(shape, 1);
    shape[1] = classWeights.size();
    try (NDArray list = weightArray(logarithms);
        NDArray weights = list.reshape(new Shape(shape));
        NDArray weighted = logarithms.mul(weights);
        NDArray sum = weighted.sum(new int[] {1}, true)) {
      return Scalars.times(sum, share);
    }
  }

  // what the sum is divided by: 1 or the weight of each voxel that counts
  private NDArray countedWeights(NDArray voxels, Target target) {
    if (classWeights.isEmpty()) {
      NDArray mask = target.mask().orElseThrow();
      return mask.reshape(mask.getShape());
    }
    NDArray weights = weightOfVoxels(voxels, target);
    if (target.mask().isEmpty()) {
      return weights;
    }
    try (NDArray all = weights) {
      return all.mul(target.mask().get());
    }
  }

  private NDArray weightOfVoxels(NDArray voxels, Target target) {
    Checks.argument(
        classWeights.size() == target.classes(),
        "%d class weights for %d classes",
        classWeights.size(),
        target.classes());
    try (NDArray table = weightArray(voxels);
        NDArray flat = target.labels().flatten();
        NDArray picked = table.gather(flat, 0)) {
      return picked.reshape(voxels.getShape());
    }
  }

  private NDArray weightArray(NDArray like) {
    float[] weights = new float[classWeights.size()];
    for (int c = 0; c < weights.length; c++) {
      weights[c] = classWeights.get(c).floatValue();
    }
    try (NDArray view = like.getManager().create(weights)) {
      return view.duplicate(); // of the engine's own memory, see Scalars
    }
  }
}
