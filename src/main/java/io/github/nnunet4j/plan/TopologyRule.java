package io.github.nnunet4j.plan;

import io.github.nnunet4j.network.NetworkTopology;
import io.github.nnunet4j.network.UNet;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Builds the network for a pooling. */
@FunctionalInterface
public interface TopologyRule {
  /**
   * The network.
   *
   * @param pooling strides and kernels that fit the patch; its rank is that of the network
   * @return a topology whose divisor divides the patch
   */
  NetworkTopology fit(Pooling pooling);

  /**
   * {@code PlainConvUNet}: two convolutions per stage, 32 features doubling to 512 (2D) or 320
   * (3D).
   *
   * @return the rule
   */
  static TopologyRule plain() {
    return pooling -> unet(pooling).build();
  }

  /**
   * {@code ResidualEncoderUNet}: 1, 3, 4, 6, 6, ... blocks per encoder stage, one convolution per
   * decoder stage, features as {@link #plain}.
   *
   * @return the rule
   */
  static TopologyRule residualEncoder() {
    return pooling ->
        unet(pooling)
            .encoder(UNet.Encoder.RESIDUAL)
            .encoderBlocks(
                IntStream.range(0, pooling.stages())
                    .mapToObj(s -> s == 0 ? 1 : s == 1 ? 3 : s == 2 ? 4 : 6)
                    .toList())
            .decoderBlocks(Collections.nCopies(pooling.stages() - 1, 1))
            .build();
  }

  private static UNet.Builder unet(Pooling pooling) {
    int most = pooling.patch().rank() == 2 ? 512 : 320;
    List<Integer> features =
        IntStream.range(0, pooling.stages())
            .mapToObj(s -> (int) Math.min(most, 32L << Math.min(s, 20)))
            .toList();
    return UNet.builder(features, pooling.kernels(), pooling.strides());
  }
}
