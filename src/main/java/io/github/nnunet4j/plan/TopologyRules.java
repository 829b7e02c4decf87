package io.github.nnunet4j.plan;

import io.github.nnunet4j.network.NetworkTopology;
import io.github.nnunet4j.network.Topologies;
import io.github.nnunet4j.network.UNet;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** The networks of the planners of nnU-Net v2 and v1. */
public final class TopologyRules {
  private static final StageRule FEATURES = StageRules.doubling(32, 512, 320);

  private TopologyRules() {}

  /**
   * {@code PlainConvUNet}: two convolutions per stage, 32 features doubling to 512 (2D) or 320
   * (3D).
   *
   * @return the rule
   */
  public static TopologyRule plain() {
    return plain(FEATURES, StageRules.of(2));
  }

  /**
   * {@code PlainConvUNet} with features and convolutions of one's own, such as {@code
   * plain(StageRules.doubling(48, 512, 384), (stage, rank) -> stage == 0 ? 1 : 2)}.
   *
   * @param features per stage
   * @param convolutions per stage of the encoder, and of the decoder stage beside it
   * @return the rule
   */
  public static TopologyRule plain(StageRule features, StageRule convolutions) {
    return new Plain(features, convolutions);
  }

  /**
   * {@link #plain()}, changed, such as {@code plain(net ->
   * net.nonlinearity(Nonlinearities.mish()))}.
   *
   * @param edit is given the network that fits the pooling
   * @return the rule
   */
  public static TopologyRule plain(UnaryOperator<UNet.Builder> edit) {
    return new Edited(new Plain(FEATURES, StageRules.of(2)), edit);
  }

  /**
   * {@code ResidualEncoderUNet}: 1, 3, 4, 6, 6, ... blocks per encoder stage, one convolution per
   * decoder stage, features as {@link #plain()}.
   *
   * @return the rule
   */
  public static TopologyRule residualEncoder() {
    return residualEncoder(FEATURES, StageRules.of(1, 3, 4, 6));
  }

  /**
   * {@code ResidualEncoderUNet} with features and blocks of one's own; one convolution per decoder
   * stage.
   *
   * @param features per stage
   * @param blocks per stage of the encoder
   * @return the rule
   */
  public static TopologyRule residualEncoder(StageRule features, StageRule blocks) {
    return new ResidualEncoder(features, blocks);
  }

  /**
   * {@link #residualEncoder()}, changed.
   *
   * @param edit is given the network that fits the pooling
   * @return the rule
   */
  public static TopologyRule residualEncoder(UnaryOperator<UNet.Builder> edit) {
    return new Edited(new ResidualEncoder(FEATURES, StageRules.of(1, 3, 4, 6)), edit);
  }

  /**
   * nnU-Net v1's {@code Generic_UNet}: features that double to 480 (2D) or 320 (3D).
   *
   * @param base features of the first stage: {@code base_num_features}, 32 or 30 in v1
   * @param convolutions per stage: {@code conv_per_stage}, 2 or 3 in v1
   * @return the rule
   */
  public static TopologyRule genericUNet(int base, int convolutions) {
    return new Generic(base, convolutions);
  }

  /**
   * nnU-Net v1's {@code FabiansUNet}: 1, 2, 3, 4, 4, ... residual blocks per encoder stage, one
   * convolution per decoder stage, features that double to 320.
   *
   * @param base features of the first stage: {@code base_num_features}, 32 or 30 in v1
   * @return the rule
   */
  public static TopologyRule fabiansUNet(int base) {
    return new Fabians(base);
  }

  /** Numbers of all stages, full resolution first. */
  private static List<Integer> perStage(StageRule rule, Pooling pooling) {
    return IntStream.range(0, pooling.stages())
        .mapToObj(stage -> rule.at(stage, pooling.patch().rank()))
        .toList();
  }

  private static UNet.Builder unet(StageRule features, Pooling pooling) {
    return UNet.builder(perStage(features, pooling), pooling.kernels(), pooling.strides());
  }

  private interface UNetRule extends TopologyRule {
    @Override
    UNet fit(Pooling pooling);
  }

  private record Plain(StageRule features, StageRule convolutions) implements UNetRule {
    @Override
    public UNet fit(Pooling pooling) {
      List<Integer> blocks = perStage(convolutions, pooling);
      int decoders = pooling.stages() - 1;
      return unet(features, pooling)
          .encoderBlocks(blocks)
          .decoderBlocks(
              IntStream.range(0, decoders).mapToObj(i -> blocks.get(decoders - 1 - i)).toList())
          .build();
    }
  }

  private record ResidualEncoder(StageRule features, StageRule blocks) implements UNetRule {
    @Override
    public UNet fit(Pooling pooling) {
      return unet(features, pooling)
          .encoder(UNet.Encoder.RESIDUAL)
          .encoderBlocks(perStage(blocks, pooling))
          .decoderBlocks(Collections.nCopies(pooling.stages() - 1, 1))
          .build();
    }
  }

  private record Generic(int base, int convolutions) implements UNetRule {
    @Override
    public UNet fit(Pooling pooling) {
      return Topologies.genericUNet(base, pooling.kernels(), pooling.strides())
          .blocks(convolutions, convolutions)
          .build();
    }
  }

  private record Fabians(int base) implements UNetRule {
    @Override
    public UNet fit(Pooling pooling) {
      return Topologies.fabiansUNet(base, pooling.kernels(), pooling.strides()).build();
    }
  }

  private record Edited(UNetRule rule, UnaryOperator<UNet.Builder> edit) implements TopologyRule {
    @Override
    public NetworkTopology fit(Pooling pooling) {
      return edit.apply(rule.fit(pooling).toBuilder()).build();
    }
  }
}
