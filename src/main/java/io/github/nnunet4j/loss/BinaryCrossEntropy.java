package io.github.nnunet4j.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Cross-entropy of the sigmoid of every channel with its region, {@code softplus(x) - x y}, meaned
 * over all channels and voxels (torch's {@code BCEWithLogitsLoss}).
 *
 * <p>With an ignore label, as in nnU-Net v2's {@code DC_and_BCE_loss}: the sum over all channels
 * divided by the number of voxels that count, not by the number of channels, so it is then {@code
 * classes} times as large. Where no voxel counts it is 0.
 *
 * @param classWeights what the voxels of each channel are multiplied by, zero or positive; empty
 *     for all 1
 */
public record BinaryCrossEntropy(List<Double> classWeights) implements PredictionLoss {
  /** Copies and checks. */
  public BinaryCrossEntropy {
    classWeights = ClassWeights.copyOf(classWeights);
  }

  /**
   * The same with class weights.
   *
   * @param weights one per channel, zero or positive
   * @return the changed loss
   */
  public BinaryCrossEntropy withClassWeights(List<Double> weights) {
    return new BinaryCrossEntropy(weights);
  }

  @Override
  public NDArray evaluate(Prediction prediction, Target target) {
    if (!classWeights.isEmpty()) {
      ClassWeights.requireOnePerClass(classWeights, target);
    }
    if (target.exclusive()) {
      return ofLabels(prediction.logits(), target);
    }
    try (NDArray voxels = weighted(prediction, target)) {
      if (target.mask().isEmpty()) {
        return voxels.mean();
      }
      NDArray mask = target.mask().get();
      try (NDArray counted = voxels.mul(mask);
          NDArray sum = counted.sum();
          NDArray number = mask.sum();
          NDArray positive = Scalars.atLeast(number, 1)) {
        return sum.div(positive);
      }
    }
  }

  /**
   * Of x y only the logit of each voxel's own class is left, so that no channel of the target is
   * needed: half of the memory.
   */
  private NDArray ofLabels(NDArray x, Target target) {
    try (NDArray all = sumOfAll(x, target);
        NDArray own = sumOfOwn(x, target);
        NDArray cost = all.sub(own)) {
      if (target.mask().isEmpty()) {
        return Scalars.times(cost, 1.0 / x.size());
      }
      try (NDArray number = target.mask().get().sum();
          NDArray positive = Scalars.atLeast(number, 1)) {
        return cost.div(positive);
      }
    }
  }

  private NDArray sumOfAll(NDArray x, Target target) {
    try (NDArray soft = Activation.softPlus(x);
        NDArray counted = CountedVoxels.of(soft, target)) {
      if (classWeights.isEmpty()) {
        return counted.sum();
      }
      int[] others =
          IntStream.range(0, x.getShape().dimension()).filter(axis -> axis != 1).toArray();
      try (NDArray sums = counted.sum(others);
          NDArray weights = ClassWeights.array(x, classWeights);
          NDArray weighted = sums.mul(weights)) {
        return weighted.sum();
      }
    }
  }

  private NDArray sumOfOwn(NDArray x, Target target) {
    try (NDArray own = x.gather(target.labels(), 1);
        NDArray counted = CountedVoxels.of(own, target)) {
      if (classWeights.isEmpty()) {
        return counted.sum();
      }
      try (NDArray weights = ClassWeights.ofVoxels(counted, classWeights, target);
          NDArray weighted = counted.mul(weights)) {
        return weighted.sum();
      }
    }
  }

  private NDArray weighted(Prediction prediction, Target target) {
    NDArray voxels = voxels(prediction.logits(), target.oneHot());
    if (classWeights.isEmpty()) {
      return voxels;
    }
    try (NDArray all = voxels;
        NDArray weights = ClassWeights.channels(all, classWeights)) {
      return all.mul(weights);
    }
  }

  /** The loss of each channel and voxel. */
  static NDArray voxels(NDArray x, NDArray y) {
    try (NDArray soft = Activation.softPlus(x);
        NDArray inside = x.mul(y)) {
      return soft.sub(inside);
    }
  }

  @Override
  public String toString() {
    return "BinaryCrossEntropy["
        + (classWeights.isEmpty() ? "" : "classWeights=" + classWeights)
        + "]";
  }
}
