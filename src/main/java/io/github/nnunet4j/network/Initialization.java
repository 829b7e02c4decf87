package io.github.nnunet4j.network;

import ai.djl.ndarray.types.Shape;
import java.util.random.RandomGenerator;

/**
 * First values of the weights of convolutions, transposed ones included. Biases start at 0 and
 * normalizations as they were built, whatever the strategy.
 */
@FunctionalInterface
public interface Initialization {
  /**
   * Draws the values of one weight.
   *
   * @param shape (out, in, kernel...) of a convolution, (in, out, kernel...) of a transposed one
   * @param random the only source of randomness
   * @return finite values, row-major, as many as the shape has
   */
  float[] draw(Shape shape, RandomGenerator random);
}
