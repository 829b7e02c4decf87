package io.github.nnunet4j.infer;

import ai.djl.Device;
import ai.djl.engine.Engine;
import io.github.nnunet4j.error.ModelException;
import io.github.nnunet4j.error.PredictionException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.error.StrategyException;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.network.NetworkTopology;
import io.github.nnunet4j.network.RunningNetwork;
import io.github.nnunet4j.network.Weights;
import io.github.nnunet4j.plan.Configuration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;

/**
 * The networks of one configuration, one per fold, run over the tiles of an image. One image at a
 * time: other threads wait their turn.
 */
final class FoldNetworks implements AutoCloseable {
  private final List<? extends TileNetwork> networks;
  private final Runnable release;
  private final Extent patch;
  private final int heads;
  private final PredictorConfig config;
  private final float[] weight;
  private final ReentrantLock turn = new ReentrantLock();
  private boolean closed;

  /**
   * Takes over networks.
   *
   * @param networks one per fold, at least one
   * @param release frees them, once
   * @param patch of the configuration
   * @param heads outputs of each network
   * @param config how to predict
   */
  FoldNetworks(
      List<? extends TileNetwork> networks,
      Runnable release,
      Extent patch,
      int heads,
      PredictorConfig config) {
    this.networks = List.copyOf(networks);
    this.release = release;
    this.patch = patch;
    this.heads = heads;
    this.config = config;
    config.mirroring().passes(patch.rank()); // fails early if an axis is missing
    Room.requireTile(patch, Runtime.getRuntime().maxMemory());
    weight = weights(config.tileWeight(), patch);
  }

  /** Builds and loads one network per fold; on failure none is left. */
  static FoldNetworks load(
      Configuration configuration,
      int inputs,
      int heads,
      List<Weights> folds,
      PredictorConfig config) {
    Device device = config.device().orElseGet(() -> Engine.getEngine("PyTorch").defaultDevice());
    RunningNetwork.Heads shape =
        new RunningNetwork.Heads(inputs, heads, configuration.patch(), false);
    Room.requireTile(configuration.patch(), Runtime.getRuntime().maxMemory());
    if (!device.isGpu()) {
      Room.requireMaps(configuration.topology(), shape, config.batchSize(), Room.memory());
    }
    List<EngineNetwork> networks = new ArrayList<>();
    Runnable release = () -> networks.forEach(EngineNetwork::close);
    try {
      for (Weights weights : folds) {
        networks.add(load(configuration.topology(), shape, device, weights, networks.size() + 1));
      }
      return new FoldNetworks(networks, release, configuration.patch(), heads, config);
    } catch (RuntimeException e) {
      release.run();
      throw e;
    }
  }

  private static EngineNetwork load(
      NetworkTopology topology,
      RunningNetwork.Heads shape,
      Device device,
      Weights weights,
      int number) {
    try {
      return new EngineNetwork(RunningNetwork.load(topology, shape, device, weights));
    } catch (ModelException e) {
      String where = "weights number " + number + " of the model";
      throw new ModelException(e.within(where), e);
    }
  }

  private static float[] weights(TileWeight strategy, Extent patch) {
    float[] weights = strategy.of(patch);
    boolean good = weights.length == patch.voxels();
    for (float w : weights) {
      good &= w > 0 && w <= Float.MAX_VALUE;
    }
    if (!good) {
      throw new StrategyException(
          new Problem(
              "tile weight " + strategy,
              patch.voxels() + " positive, finite numbers for the patch " + patch,
              weights.length + " numbers, or some that are not",
              "Give every voxel of a tile a positive weight."));
    }
    return weights;
  }

  /**
   * The mean logits of an image.
   *
   * @param image all channels on the network grid
   * @param step is told the passes done; may throw to stop
   */
  Volume predict(Volume image, IntConsumer step) {
    Room.require("logits of the image", heads, image.grid().voxels());
    Tiling tiling = new Tiling(image.grid().extent(), patch, config.tileStep());
    SlidingWindow window = new SlidingWindow(image, tiling, config.mirroring(), config.batchSize());
    turn.lock();
    try {
      if (closed) {
        throw new PredictionException(
            new Problem(
                "predictor", "an open one", "a closed one", "Close it after its last use."));
      }
      LogitSum sum =
          new LogitSum(
              image.grid(),
              tiling.tile(),
              weight,
              heads,
              window.contributions(networks.size()),
              config.threads());
      window.run(networks, sum, step);
      return sum.finish();
    } finally {
      turn.unlock();
    }
  }

  /** Frees the networks once the prediction under way, if any, has ended. */
  @Override
  public void close() {
    turn.lock();
    try {
      if (!closed) {
        closed = true;
        release.run();
      }
    } finally {
      turn.unlock();
    }
  }
}
