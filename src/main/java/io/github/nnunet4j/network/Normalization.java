package io.github.nnunet4j.network;

import ai.djl.nn.Block;

/**
 * A normalization layer inside a network. An own one builds any DJL block that keeps the shape; its
 * parameters are saved with the model under their own names.
 */
@FunctionalInterface
public interface Normalization {
  /**
   * A new layer.
   *
   * @param channels features of the tensors it will see, (batch, channels, [z,] y, x)
   * @return a block from one array to one array of the same shape
   */
  Block build(int channels);
}
