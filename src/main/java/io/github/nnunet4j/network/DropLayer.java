package io.github.nnunet4j.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.util.Arrays;

/**
 * Multiplies whole channels (torch {@code Dropout2d}, {@code Dropout3d}) or whole samples
 * (stochastic depth) in training by 0, or by what keeps the mean. Draws from the engine's random
 * numbers.
 *
 * @param rate probability of 0, below 1
 * @param axes how many leading axes have a draw of their own: 1 for samples, 2 for channels
 */
record DropLayer(double rate, int axes) implements Layer {
  static DropLayer ofChannels(double rate) {
    return new DropLayer(rate, 2);
  }

  static DropLayer ofSamples(double rate) {
    return new DropLayer(rate, 1);
  }

  @Override
  public NDArray forward(ParameterStore store, NDArray x, boolean training) {
    if (!training || rate == 0) {
      return x;
    }
    long[] shape = x.getShape().getShape().clone();
    Arrays.fill(shape, axes, shape.length, 1);
    NDManager manager = x.getManager();
    try (NDArray ones = manager.ones(new Shape(shape));
        NDArray factors =
            ones.getNDArrayInternal().dropout(ones, (float) rate, true).singletonOrThrow()) {
      return x.mul(factors);
    }
  }
}
