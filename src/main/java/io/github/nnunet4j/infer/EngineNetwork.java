package io.github.nnunet4j.infer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
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
      NDArray output = network.predict(input);
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

  @Override
  public void close() {
    network.close();
  }
}
