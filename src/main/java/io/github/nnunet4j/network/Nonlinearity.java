package io.github.nnunet4j.network;

import ai.djl.ndarray.NDArray;

/** An activation function. */
@FunctionalInterface
public interface Nonlinearity {
  /**
   * The activated tensor.
   *
   * @param x float32 of any shape; must not be changed
   * @return of the same shape
   */
  NDArray apply(NDArray x);
}
