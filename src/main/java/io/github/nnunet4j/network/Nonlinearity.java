package io.github.nnunet4j.network;

import ai.djl.ndarray.NDArray;

/**
 * An activation function: pure, continuous, finite with its gradient for values up to 1e6. Several
 * threads may call it at once.
 */
@FunctionalInterface
public interface Nonlinearity {
  /**
   * The activated tensor.
   *
   * @param x float32 of any shape; must not be changed
   * @return of the same shape and type, in the manager of x; may be x itself
   */
  NDArray apply(NDArray x);
}
