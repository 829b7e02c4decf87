package io.github.nnunet4j.network;

import ai.djl.nn.Block;
import io.github.nnunet4j.image.Extent;
import java.util.List;

/**
 * A network as a value: says what the planner and the trainer must know and builds the block. A
 * lambda is a topology without deep supervision that takes any patch.
 *
 * <p>Equal seeds of the engine give the block equal first values. Every parameter that is trained
 * has a part in some output. Without training a forward changes no number of the block, so that it
 * gives the same logits again, also from saved and loaded weights and whatever the supervision.
 */
@FunctionalInterface
public interface NetworkTopology {
  /**
   * Builds an uninitialised block. Its forward takes one array (batch, inputs, [z,] y, x) and
   * returns float32 logits (batch, outputs, [z,] y, x): with deep supervision one array per entry
   * of {@link #scales()}, finest first; without, the finest alone.
   *
   * @param inputs input channels
   * @param outputs segmentation heads
   * @param deepSupervision whether to return all scales
   * @return a new block
   */
  Block build(int inputs, int outputs, boolean deepSupervision);

  /**
   * The patch extents must be multiples of this, and any multiple will do.
   *
   * @return per axis, slowest first; empty if any patch will do
   */
  default List<Integer> divisor() {
    return List.of();
  }

  /**
   * The down-sampling factor of each output with deep supervision, finest first.
   *
   * @return per output, factors per axis that divide the divisor, ones first; a single entry of
   *     ones without deep supervision
   */
  default List<List<Integer>> scales() {
    return List.of();
  }

  /**
   * The planner's proxy for memory: the number of values in all feature maps for one sample
   * (dynamic-network-architectures {@code compute_conv_feature_map_size}).
   *
   * @param patch rank 2 or 3
   * @param inputs input channels
   * @param outputs segmentation heads
   * @return values, more for a larger patch; or 0 if unknown
   */
  default long featureMapValues(Extent patch, int inputs, int outputs) {
    return 0;
  }
}
