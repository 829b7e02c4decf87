package io.github.nnunet4j.loss;

import ai.djl.ndarray.NDArray;
import io.github.nnunet4j.internal.Checks;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How a loss with a score per class, such as Dice, comes to one number: over what the sums of a
 * score run, which classes count, and how much each.
 *
 * @param batch whether the sums run over the batch as well, as if it were one image; else there is
 *     a score per sample and class
 * @param background whether class 0 counts; regions have no background, all of them count
 * @param classWeights one per class, the background included even where it does not count, zero or
 *     positive; the scores are meaned with these weights. Empty for a plain mean
 */
public record ClassMean(boolean batch, boolean background, List<Double> classWeights) {
  /** Copies and checks. */
  public ClassMean {
    classWeights = ClassWeights.copyOf(classWeights);
  }

  /**
   * A plain mean.
   *
   * @param batch whether the sums run over the batch as well
   * @param background whether class 0 counts
   * @return a mean without weights
   */
  public static ClassMean of(boolean batch, boolean background) {
    return new ClassMean(batch, background, List.of());
  }

  /**
   * The same with other sums.
   *
   * @param batch whether the sums run over the batch as well
   * @return the changed mean
   */
  public ClassMean withBatch(boolean batch) {
    return new ClassMean(batch, background, classWeights);
  }

  /**
   * The same with or without background.
   *
   * @param background whether class 0 counts
   * @return the changed mean
   */
  public ClassMean withBackground(boolean background) {
    return new ClassMean(batch, background, classWeights);
  }

  /**
   * The same with class weights.
   *
   * @param weights one per class, zero or positive
   * @return the changed mean
   */
  public ClassMean withClassWeights(List<Double> weights) {
    return new ClassMean(batch, background, weights);
  }

  /** The channels that count, as a view of its own: closing it leaves the argument alone. */
  NDArray channels(NDArray all, Target target) {
    if (background || target.regions()) {
      return all.reshape(all.getShape());
    }
    Checks.argument(
        target.classes() > 1, "a loss without background needs two classes or more, not one");
    return all.get(":, 1:");
  }

  /** The axes that a score sums over, of arrays (batch, channels, [z,] y, x). */
  int[] axes(NDArray channels) {
    return IntStream.range(0, channels.getShape().dimension())
        .filter(axis -> axis > 1 || (axis == 0 && batch))
        .toArray();
  }

  /** Minus the mean of scores (channels) or (batch, channels). */
  NDArray minusMean(NDArray scores, Target target) {
    try (NDArray mean = mean(scores, target)) {
      return mean.neg();
    }
  }

  /** The mean of scores (channels) or (batch, channels). */
  NDArray mean(NDArray scores, Target target) {
    if (classWeights.isEmpty()) {
      return scores.mean();
    }
    ClassWeights.requireOnePerClass(classWeights, target);
    List<Double> counted = new ArrayList<>(classWeights);
    if (!background && !target.regions()) {
      counted.remove(0);
    }
    double sum = counted.stream().mapToDouble(Double::doubleValue).sum();
    Checks.argument(sum > 0, "one of the classes that count has a weight above 0");
    double samples = (double) scores.size() / counted.size();
    try (NDArray weights = ClassWeights.array(scores, counted);
        NDArray weighted = scores.mul(weights);
        NDArray total = weighted.sum()) {
      return Scalars.times(total, 1 / (sum * samples));
    }
  }
}
