package io.github.nnunet4j.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.error.StrategyException;
import org.jspecify.annotations.Nullable;

/**
 * What the network said, as logits and as probabilities, made once for all losses of a sum. For
 * classes the probabilities are the softmax over the channels, for regions the sigmoid of each.
 *
 * <p>Closing it closes the handles of what it made, not what it was made of; the graph keeps what
 * the gradient needs.
 */
public final class Prediction implements AutoCloseable {
  private static final float SMALLEST_PROBABILITY = 1e-30f;

  private final NDArray output;
  private final boolean regions;
  private final boolean ends;
  private @Nullable NDArray logits;
  private @Nullable NDArray logarithms;
  private @Nullable NDArray probabilities;

  private Prediction(NDArray output, boolean regions, boolean ends) {
    this.output = output;
    this.regions = regions;
    this.ends = ends;
  }

  /**
   * A prediction.
   *
   * @param logits (batch, classes, [z,] y, x)
   * @param target what they are compared with
   * @return the prediction, to be closed
   * @throws StrategyException if the channels of the logits are not the classes of the target
   */
  public static Prediction of(NDArray logits, Target target) {
    requireChannels(logits, target);
    return new Prediction(logits, target.regions(), false);
  }

  /**
   * The prediction of a network that ends in a softmax or sigmoid of its own.
   *
   * @param probabilities (batch, classes, [z,] y, x); they are what {@link #probabilities()} gives,
   *     whatever their range
   * @param target what they are compared with
   * @return the prediction, to be closed
   * @throws StrategyException if the channels are not the classes of the target
   */
  public static Prediction ofProbabilities(NDArray probabilities, Target target) {
    requireChannels(probabilities, target);
    return new Prediction(probabilities, target.regions(), true);
  }

  private static void requireChannels(NDArray output, Target target) {
    int rank = output.getShape().dimension();
    if (rank < 3 || output.getShape().get(1) != target.classes()) {
      throw new StrategyException(
          new Problem(
              "loss",
              "logits of " + target.classes() + " channels (batch, channels, [z,] y, x)",
              output.getShape().toString(),
              "Give the network as many outputs as the labels need."));
    }
  }

  /** The shape of all of them, without making any. */
  Shape shape() {
    return output.getShape();
  }

  /**
   * The logits: the output of the network, or if that ends in probabilities their logarithms, for
   * regions {@code log(p) - log(1 - p)}.
   *
   * @return (batch, classes, [z,] y, x)
   */
  public NDArray logits() {
    if (!ends) {
      return output;
    }
    if (!regions) {
      return logProbabilities();
    }
    if (logits == null) {
      try (NDArray less = output.sub(1);
          NDArray rest = less.neg();
          NDArray inside = logarithm(output);
          NDArray outside = logarithm(rest)) {
        logits = inside.sub(outside);
      }
    }
    return logits;
  }

  /**
   * The logarithms of the class probabilities.
   *
   * @return log softmax over the channels, shape of the logits; owned by this
   * @throws StrategyException for regions, which have no common distribution
   */
  public NDArray logProbabilities() {
    if (regions) {
      throw new StrategyException(
          new Problem(
              "loss",
              "labels that exclude each other",
              "regions, which may overlap",
              "Use Losses.bce() in place of cross-entropy or top-k."));
    }
    if (logarithms == null) {
      logarithms = ends ? logarithm(output) : output.logSoftmax(1);
    }
    return logarithms;
  }

  private static NDArray logarithm(NDArray array) {
    try (NDArray positive = Scalars.atLeast(array, SMALLEST_PROBABILITY)) {
      return positive.log();
    }
  }

  /**
   * The probabilities; not made of their logarithms, so that each has a backward pass of its own
   * that needs no memory of the other's.
   *
   * @return softmax over the channels, or for regions the sigmoid; shape of the logits; owned by
   *     this
   */
  public NDArray probabilities() {
    if (ends) {
      return output;
    }
    if (probabilities == null) {
      probabilities = regions ? output.getNDArrayInternal().sigmoid() : output.softmax(1);
    }
    return probabilities;
  }

  @Override
  public void close() {
    if (logits != null) {
      logits.close();
    }
    if (logarithms != null) {
      logarithms.close();
    }
    if (probabilities != null) {
      probabilities.close();
    }
  }
}
