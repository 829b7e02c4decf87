package io.github.nnunet4j.loss;

import ai.djl.ndarray.NDArray;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.error.StrategyException;
import io.github.nnunet4j.internal.Checks;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One loss on several outputs of a network, finest first, each with its weight. An output of weight
 * 0 is not evaluated: its last layer then has no gradient at all and an optimizer must leave it
 * alone, weight decay included.
 *
 * @param weights one per output, zero or positive, one of them above 0
 * @param softTargets whether coarse outputs learn the share of each class in their voxels ({@link
 *     Targets#averaged}) rather than the class of the middle
 */
public record DeepSupervision(List<Double> weights, boolean softTargets) {
  /** Copies and checks. */
  public DeepSupervision {
    weights = List.copyOf(weights);
    Checks.argument(
        weights.stream().allMatch(weight -> weight >= 0 && Double.isFinite(weight))
            && weights.stream().anyMatch(weight -> weight > 0),
        "weights are at least 0 and one is above, not %s",
        weights);
  }

  /**
   * The class of the middle as target, as nnU-Net does it.
   *
   * @param weights one per output, zero or positive, one of them above 0
   */
  public DeepSupervision(List<Double> weights) {
    this(weights, false);
  }

  /**
   * The same with shares of classes as targets (nnU-Net v1 {@code
   * nnUNetTrainerV2_softDeepSupervision}).
   *
   * @return the changed deep supervision
   */
  public DeepSupervision withSoftTargets() {
    return new DeepSupervision(weights, true);
  }

  /**
   * nnU-Net v2's choice for so many outputs.
   *
   * @param outputs at least 1
   * @return deep supervision with {@link #weights(int)}
   */
  public static DeepSupervision of(int outputs) {
    return new DeepSupervision(weights(outputs));
  }

  /**
   * The weights of nnU-Net v2: halved from output to output, the coarsest 0, normalised to sum 1. A
   * single output has weight 1, where the reference divides 0 by 0.
   *
   * @param outputs at least 1
   * @return one weight per output, finest first
   */
  public static List<Double> weights(int outputs) {
    Checks.positive(outputs, "outputs");
    int counted = Math.max(1, outputs - 1);
    double sum = 0;
    for (int i = 0; i < counted; i++) {
      sum += Math.scalb(1.0, -i);
    }
    List<Double> weights = new ArrayList<>();
    for (int i = 0; i < outputs; i++) {
      weights.add(i < counted ? Math.scalb(1.0, -i) / sum : 0.0);
    }
    return List.copyOf(weights);
  }

  /**
   * The weighted sum over the outputs.
   *
   * @param loss on each scale
   * @param logits one array per output, finest first
   * @param targets one per output, on its scale
   * @return a scalar that can be differentiated
   * @throws StrategyException if the loss gives anything but a scalar of the type of the logits
   */
  public NDArray evaluate(LossFunction loss, List<NDArray> logits, List<Target> targets) {
    Checks.argument(
        logits.size() == weights.size() && targets.size() == weights.size(),
        "%d outputs and %d targets for %d weights",
        logits.size(),
        targets.size(),
        weights.size());
    @Nullable NDArray sum = null;
    for (int i = 0; i < weights.size(); i++) {
      if (weights.get(i) > 0) {
        NDArray term = weighted(loss, logits.get(i), targets.get(i), weights.get(i));
        sum = sum == null ? term : added(sum, term);
      }
    }
    if (sum == null) {
      throw new IllegalStateException("no weight above 0");
    }
    return sum;
  }

  private static NDArray weighted(LossFunction loss, NDArray logits, Target target, double weight) {
    NDArray value = loss.evaluate(logits, target);
    if (value.size() != 1) {
      throw new StrategyException(
          new Problem(
              "loss " + loss + " of logits " + logits.getShape(),
              "one number",
              "an array " + value.getShape(),
              "End the loss with mean() or sum()."));
    }
    if (value.getDataType() != logits.getDataType()) {
      throw new StrategyException(
          new Problem(
              "loss " + loss + " of logits " + logits.getShape(),
              "a number of the type of the logits, " + logits.getDataType(),
              value.getDataType().toString(),
              "Make constants by full(new Shape(), value, logits.getDataType()); a Java double"
                  + " changes the type."));
    }
    if (weight == 1) {
      return value;
    }
    try (value) {
      return Scalars.times(value, weight);
    }
  }

  private static NDArray added(NDArray a, NDArray b) {
    try (a;
        b) {
      return a.add(b);
    }
  }
}
