package io.github.nnunet4j.train;

import io.github.nnunet4j.error.NnUNetException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.error.StrategyException;
import io.github.nnunet4j.network.RunningNetwork;
import io.github.nnunet4j.network.Weights;
import java.util.Arrays;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Replaces the drawn numbers of a network at the first start of a training. */
final class StartingWeights {
  private static final Logger LOG = LoggerFactory.getLogger(StartingWeights.class);

  private StartingWeights() {}

  /**
   * Asks for the numbers and loads them.
   *
   * @throws io.github.nnunet4j.error.ModelException if they do not fit the network
   * @throws StrategyException if a strategy of the user's fails or returns other weights
   */
  static void load(InitialWeights initial, RunningNetwork network) {
    Weights drawn = network.weights();
    Weights start = replaced(initial, drawn);
    int replaced = 0;
    for (String name : start.names()) {
      float[] values = start.values(name);
      requireFinite(initial, name, values);
      replaced +=
          drawn.names().contains(name) && !Arrays.equals(values, drawn.values(name)) ? 1 : 0;
    }
    try {
      network.load(start);
    } catch (NnUNetException e) {
      throw new StrategyException(e.within("initial weights " + initial), e);
    }
    LOG.info("{} of {} tensors start from {}", replaced, start.names().size(), initial);
  }

  private static Weights replaced(InitialWeights initial, Weights drawn) {
    try {
      return Objects.requireNonNull(initial.replace(drawn), "null for weights");
    } catch (NnUNetException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new StrategyException(
          new Problem(
              "initial weights " + initial,
              "weights of the network's names and shapes",
              e.toString(),
              "Its own stack trace follows; nothing was trained."),
          e);
    }
  }

  private static void requireFinite(InitialWeights initial, String name, float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new StrategyException(
            new Problem(
                "initial weights " + initial + ", tensor " + name,
                "finite numbers",
                String.valueOf(value),
                "Take the weights of a training that did not fail."));
      }
    }
  }
}
