package io.github.nnunet4j.infer;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.function.Consumer;

/** A network as the sliding window sees it: a batch of tiles in, their logits out. */
@FunctionalInterface
interface TileNetwork {
  /**
   * Runs the network once.
   *
   * @param tiles direct, native order, float32 (batch, channel, [z,] y, x); not kept
   * @param shape the shape of the tiles
   * @param logits is given float32 (batch, head, [z,] y, x), readable only during the call
   */
  void forward(ByteBuffer tiles, long[] shape, Consumer<FloatBuffer> logits);
}
