package io.github.nnunet4j.loss;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.internal.Checks;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/** Arrays of the engine's own memory, filled from Java. */
final class EngineArrays {
  private EngineArrays() {}

  /** The shape (samples, channels, [z,] y, x). */
  static Shape shape(int samples, int channels, Extent extent) {
    long[] shape = new long[2 + extent.rank()];
    shape[0] = samples;
    shape[1] = channels;
    for (int axis = 0; axis < extent.rank(); axis++) {
      shape[2 + axis] = extent.get(axis);
    }
    return new Shape(shape);
  }

  /** An array that has been filled through a buffer in native order. */
  static NDArray of(NDManager manager, Shape shape, DataType type, Consumer<ByteBuffer> fill) {
    long bytes = Math.multiplyExact(shape.size(), (long) type.getNumOfBytes());
    Checks.argument(
        bytes <= Integer.MAX_VALUE,
        "a target of %d bytes is too large for one array; use a smaller batch or patch",
        bytes);
    if (!Device.cpu().equals(manager.getDevice())) {
      ByteBuffer host = ByteBuffer.allocateDirect((int) bytes).order(ByteOrder.nativeOrder());
      fill.accept(host);
      return manager.create(host, shape, type);
    }
    // the engine's own memory goes with the array; a direct buffer would wait for the collector
    NDArray array = manager.create(shape, type);
    fill.accept(array.toByteBuffer(true).order(ByteOrder.nativeOrder()));
    return array;
  }
}
