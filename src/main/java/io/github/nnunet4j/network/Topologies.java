package io.github.nnunet4j.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** The network templates of nnU-Net v2 and v1. */
public final class Topologies {
  private static final int MOST_3D = 320;
  private static final int MOST_2D = 480;

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
    return UNet.builder(features, kernels, strides)
        .encoder(UNet.Encoder.RESIDUAL)
        .blocks(1, 1)
        .encoderBlocks(perStage(features.size(), 1, 3, 4, 6));
  }

  /**
   * {@code ResidualUNet}: as {@link #residualEncoderUNet} with one residual block per decoder
   * stage.
   *
   * @param features channels per stage, full resolution first
   * @param kernels kernel per stage and axis
   * @param strides stride per stage and axis
   * @return a builder with nnU-Net's defaults
   */
  public static UNet.Builder residualUNet(
      List<Integer> features, List<List<Integer>> kernels, List<List<Integer>> strides) {
    return residualEncoderUNet(features, kernels, strides)
        .style(style -> style.withDecoder(Decoder.plain().withResidual(true)));
  }

  /**
   * nnU-Net v1's {@code Generic_UNet}, the network of all its trainers but those of the residual
   * encoder: two convolutions per stage, features that double up to 320 (3D) or 480 (2D), heads and
   * transposed convolutions without bias, and decoder stages with the kernels of the stage below.
   *
   * @param base features of the first stage; v1 plans say 32, in 2D 30 or 32
   * @param kernels kernel per stage and axis, 1 or 3
   * @param strides stride per stage and axis: ones, then the plan's pool_op_kernel_sizes
   * @return a builder with v1's defaults; {@code blocks(3, 3)} for three convolutions per stage
   */
  public static UNet.Builder genericUNet(
      int base, List<List<Integer>> kernels, List<List<Integer>> strides) {
    int most = strides.get(0).size() == 2 ? MOST_2D : MOST_3D;
    return UNet.builder(features(base, 2, most, strides.size()), kernels, strides)
        .style(UNetStyle.generic());
  }

  /**
   * nnU-Net v1's {@code FabiansUNet}: 1, 2, 3, 4, 4, ... residual blocks per encoder stage, one
   * convolution per decoder stage, features that double up to 320.
   *
   * @param base features of the first stage; v1 plans say 32
   * @param kernels kernel per stage and axis
   * @param strides stride per stage and axis: the plan's pool_op_kernel_sizes, whose first are ones
   * @return a builder with v1's defaults
   */
  public static UNet.Builder fabiansUNet(
      int base, List<List<Integer>> kernels, List<List<Integer>> strides) {
    int stages = strides.size();
    return UNet.builder(features(base, 2, MOST_3D, stages), kernels, strides)
        .encoder(UNet.Encoder.RESIDUAL)
        .blocks(1, 1)
        .encoderBlocks(perStage(stages, 1, 2, 3, 4))
        .style(UNetStyle.fabians(strides.get(0).size()));
  }

  /**
   * Features that grow from stage to stage, rounded to even halves, as nnU-Net v1 counts them.
   *
   * @param base of the first stage
   * @param factor from one stage to the next, usually 2
   * @param most upper limit
   * @param stages how many
   * @return features per stage, full resolution first
   */
  public static List<Integer> features(int base, double factor, int most, int stages) {
    List<Integer> features = new ArrayList<>();
    double next = base;
    for (int s = 0; s < stages; s++) {
      features.add((int) next);
      next = Math.min(most, Math.rint(next * factor));
    }
    return Collections.unmodifiableList(features);
  }

  /** Numbers of the first stages; the last one goes on. */
  private static List<Integer> perStage(int stages, int... first) {
    return IntStream.range(0, stages).mapToObj(s -> first[Math.min(s, first.length - 1)]).toList();
  }
}
