package io.github.nnunet4j.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;

/** A piece of a network: one array in, one out. The argument stays open. */
@FunctionalInterface
interface Layer {
  NDArray forward(ParameterStore store, NDArray x, boolean training);

  /**
   * Runs layers one after another and closes what lies between them. That frees memory early: what
   * the gradient needs is kept by the engine itself.
   */
  static NDArray chain(
      Iterable<? extends Layer> layers, ParameterStore store, NDArray input, boolean training) {
    NDArray x = input;
    for (Layer layer : layers) {
      NDArray y = layer.forward(store, x, training);
      closeUnless(x, input, y);
      x = y;
    }
    return x;
  }

  /**
   * Numbers from Java in memory that the engine owns, so that the backward pass may look at them.
   * They belong to the manager of x.
   */
  static NDArray constant(NDArray x, float[] values, long... shape) {
    try (NDArray java = x.getManager().create(values, new Shape(shape))) {
      return java.duplicate();
    }
  }

  /** Closes an intermediate unless it is the input or was handed through. */
  static void closeUnless(NDArray x, NDArray input, NDArray result) {
    if (x != input && x != result) {
      x.close();
    }
  }
}
