package io.github.nnunet4j.network;

import ai.djl.nn.Block;

/**
 * A normalization layer inside a network. An own one builds any DJL block that keeps the shape; its
 * parameters are saved with the model under their own names.
 *
 * <p>The block leaves its argument untouched, is finite with its gradient for constant channels and
 * for values up to 1e5, and changes none of its parameters unless it trains: evaluation gives the
 * same numbers again. Every parameter has a name, which is the same in every block that is built,
 * and a first value after the block's {@code initialize}.
 */
@FunctionalInterface
public interface Normalization {
  /**
   * A new layer.
   *
   * @param channels features of the tensors it will see, (batch, channels, [z,] y, x)
   * @return a block from one array to one array of the same shape and type, for two or three
   *     spatial axes
   */
  Block build(int channels);
}
