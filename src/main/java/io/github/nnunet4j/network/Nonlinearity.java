package io.github.nnunet4j.network;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import java.util.Optional;

/**
 * An activation function: pure, continuous, finite with its gradient for values up to 1e6. Several
 * threads may call it at once.
 *
 * <p>Multiply, divide, compare and raise to powers with numbers that are arrays of the engine,
 * {@code x.getManager().full(new Shape(), 2f, x.getDataType())}, not with Java numbers: {@code
 * x.mul(2)}, {@code x.div(2)}, {@code x.pow(1.5)} and {@code x.maximum(0.1)} hand the engine Java
 * memory that the garbage collector may free before the backward pass, and then now and then a
 * gradient is wrong. The law tests find it. Adding and subtracting are safe.
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

  /**
   * A layer that stands for this function and learns numbers of its own, such as a slope. Each
   * place of a network gets a new one; its parameters are saved with the model under their names.
   *
   * @return a new block from one array to one array of the same shape and type, whose first values
   *     make it {@link #apply}; empty for a function that learns nothing
   */
  default Optional<Block> learned() {
    return Optional.empty();
  }
}
