package io.github.nnunet4j.infer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.nnunet4j.error.NnUNetException;
import io.github.nnunet4j.error.PredictionException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.error.StrategyException;
import io.github.nnunet4j.network.RunningNetwork;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.function.Consumer;

/**
 * A network of the tensor engine. Tiles are read and logits handed out without copying on a CPU.
 */
final class EngineNetwork implements TileNetwork, AutoCloseable {
  private final RunningNetwork network;

  EngineNetwork(RunningNetwork network) {
    this.network = network;
  }

  @Override
  public void forward(ByteBuffer tiles, long[] shape, Consumer<FloatBuffer> logits) {
    // The scope frees what the network leaves behind, the manager what belongs to this call.
    try (NDScope scope = new NDScope();
        NDManager step = network.manager().newSubManager()) {
      scope.suppressNotUsedWarning();
      NDArray input = step.create(tiles, new Shape(shape), DataType.FLOAT32);
      NDArray output = run(input);
      if (output.getDataType() != DataType.FLOAT32) {
        throw new StrategyException(
            new Problem(
                "output of the network",
                "float32 logits",
                output.getDataType().toString(),
                "Let the network compute in float32."));
      }
      boolean shared = !output.getDevice().isGpu();
      ByteBuffer bytes = output.toByteBuffer(shared);
      logits.accept(bytes.order(ByteOrder.nativeOrder()).asFloatBuffer());
    }
  }

  private NDArray run(NDArray input) {
    try {
      return network.predict(input);
    } catch (NnUNetException e) {
      throw e;
    } catch (RuntimeException e) {
      String message = String.valueOf(e.getMessage());
      String tiles = "network on tiles of shape " + input.getShape();
      if (message.contains("allocate memory") || message.contains("out of memory")) {
        throw new PredictionException(
            new Problem(
                tiles,
                "enough memory on " + input.getDevice(),
                message.lines().findFirst().orElse(message),
                "Use a smaller batch or patch, or another device."),
            e);
      }
      throw new StrategyException(
          new Problem(
              tiles,
              "a network that runs",
              "a failure in the engine: " + message.lines().findFirst().orElse(message),
              "Check the topology; the cause says what the engine refused."),
          e);
    }
  }

  @Override
  public void close() {
    network.close();
  }
}
