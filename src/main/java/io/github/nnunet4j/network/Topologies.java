package io.github.nnunet4j.network;

import java.util.List;
import java.util.stream.IntStream;

/** The network templates of nnU-Net v2. */
public final class Topologies {
  private Topologies() {}

  /**
   * {@code PlainConvUNet}: two convolutions per stage.
   *
   * @param features channels per stage, full resolution first
   * @param kernels kernel per stage and axis
   * @param strides stride per stage and axis
   * @return a builder with nnU-Net's defaults
   */
  public static UNet.Builder plainUNet(
      List<Integer> features, List<List<Integer>> kernels, List<List<Integer>> strides) {
    return UNet.builder(features, kernels, strides);
  }

  /**
   * {@code ResidualEncoderUNet}: 1, 3, 4, 6, 6, ... residual blocks per encoder stage, one
   * convolution per decoder stage.
   *
   * @param features channels per stage, full resolution first
   * @param kernels kernel per stage and axis
   * @param strides stride per stage and axis
   * @return a builder with nnU-Net's defaults
   */
  public static UNet.Builder residualEncoderUNet(
      List<Integer> features, List<List<Integer>> kernels, List<List<Integer>> strides) {
    List<Integer> first = List.of(1, 3, 4);
    List<Integer> blocks =
        IntStream.range(0, features.size())
            .mapToObj(s -> s < first.size() ? first.get(s) : Integer.valueOf(6))
            .toList();
    return UNet.builder(features, kernels, strides)
        .encoder(UNet.Encoder.RESIDUAL)
        .blocks(1, 1)
        .encoderBlocks(blocks);
  }
}
