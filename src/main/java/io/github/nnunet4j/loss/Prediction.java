package io.github.nnunet4j.loss;

import ai.djl.ndarray.NDArray;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.error.StrategyException;
import org.jspecify.annotations.Nullable;

/**
 * What the network said, as logits and as probabilities, made once for all losses of a sum. For
 * classes the probabilities are the softmax over the channels, for regions the sigmoid of each.
 *
 * <p>Closing it closes the handles of what it made, not the logits; the graph keeps what the
 * gradient needs.
 */
public final class Prediction implements AutoCloseable {
  private final NDArray logits;
  private final boolean regions;
  private @Nullable NDArray logarithms;
  private @Nullable NDArray probabilities;

  private Prediction(NDArray logits, boolean regions) {
    this.logits = logits;
    this.regions = regions;
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
    int rank = logits.getShape().dimension();
    if (rank < 3 || logits.getShape().get(1) != target.classes()) {
      throw new StrategyException(
          new Problem(
              "loss",
              "logits of " + target.classes() + " channels (batch, channels, [z,] y, x)",
              logits.getShape().toString(),
              "Give the network as many outputs as the labels need."));
    }
    return new Prediction(logits, target.regions());
  }

  /**
   * The output of the network.
   *
   * @return (batch, classes, [z,] y, x)
   */
  public NDArray logits() {
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
      logarithms = logits.logSoftmax(1);
    }
    return logarithms;
  }

  /**
   * The probabilities.
   *
   * @return softmax over the channels, or for regions the sigmoid; shape of the logits; owned by
   *     this
   */
  public NDArray probabilities() {
    if (probabilities == null) {
      probabilities = regions ? logits.getNDArrayInternal().sigmoid() : logProbabilities().exp();
    }
    return probabilities;
  }

  @Override
  public void close() {
    if (logarithms != null) {
      logarithms.close();
    }
    if (probabilities != null) {
      probabilities.close();
    }
  }
}
