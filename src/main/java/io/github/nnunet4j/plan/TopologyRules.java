package io.github.nnunet4j.plan;

import io.github.nnunet4j.network.NetworkTopology;
import io.github.nnunet4j.network.UNet;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** The networks of the planners of nnU-Net v2. */
public final class TopologyRules {
  private TopologyRules() {}

  /**
   * {@code PlainConvUNet}: two convolutions per stage, 32 features doubling to 512 (2D) or 320
   * (3D).
   *
   * @return the rule
   */
  public static TopologyRule plain() {
    return new Plain();
  }

  /**
   * {@link #plain()}, changed, such as {@code plain(net ->
   * net.nonlinearity(Nonlinearities.mish()))}.
   *
   * @param edit is given the network that fits the pooling
   * @return the rule
   */
  public static TopologyRule plain(UnaryOperator<UNet.Builder> edit) {
    return new Edited(new Plain(), edit);
  }

  /**
   * {@code ResidualEncoderUNet}: 1, 3, 4, 6, 6, ... blocks per encoder stage, one convolution per
   * decoder stage, features as {@link #plain()}.
   *
   * @return the rule
   */
  public static TopologyRule residualEncoder() {
    return new ResidualEncoder();
  }

  /**
   * {@link #residualEncoder()}, changed.
   *
   * @param edit is given the network that fits the pooling
   * @return the rule
   */
  public static TopologyRule residualEncoder(UnaryOperator<UNet.Builder> edit) {
    return new Edited(new ResidualEncoder(), edit);
  }

  private static UNet.Builder unet(Pooling pooling) {
    int most = pooling.patch().rank() == 2 ? 512 : 320;
    List<Integer> features =
        IntStream.range(0, pooling.stages())
            .mapToObj(s -> (int) Math.min(most, 32L << Math.min(s, 20)))
            .toList();
    return UNet.builder(features, pooling.kernels(), pooling.strides());
  }

  private interface UNetRule extends TopologyRule {
    @Override
    UNet fit(Pooling pooling);
  }

  private record Plain() implements UNetRule {
    @Override
    public UNet fit(Pooling pooling) {
      return unet(pooling).build();
    }
  }

  private record ResidualEncoder() implements UNetRule {
    @Override
    public UNet fit(Pooling pooling) {
      return unet(pooling)
          .encoder(UNet.Encoder.RESIDUAL)
          .encoderBlocks(
              IntStream.range(0, pooling.stages())
                  .mapToObj(s -> s == 0 ? 1 : s == 1 ? 3 : s == 2 ? 4 : 6)
                  .toList())
          .decoderBlocks(Collections.nCopies(pooling.stages() - 1, 1))
          .build();
    }
  }

  private record Edited(UNetRule rule, UnaryOperator<UNet.Builder> edit) implements TopologyRule {
    @Override
    public NetworkTopology fit(Pooling pooling) {
      return edit.apply(rule.fit(pooling).toBuilder()).build();
    }
  }
}
