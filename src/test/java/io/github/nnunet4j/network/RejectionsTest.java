package io.github.nnunet4j.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.nnunet4j.error.StrategyException;
import io.github.nnunet4j.image.Extent;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the reference refuses is refused with words of this library. */
@Tag("engine")
class RejectionsTest {
  /** Networks that cannot exist here; the reference finds some of them out late or never. */
  private static final Set<String> IMPOSSIBLE =
      Set.of("one-stage", "one-stage-no-ds", "list-lengths", "decoder-lengths", "even-kernel");

  /** Works here: without normalization nothing starts at 0. */
  private static final Set<String> POSSIBLE = Set.of("residual-init-without-norm");

  static Stream<GoldenCase> rejections() throws IOException {
    return GoldenCase.read("rejections.json");
  }

  @ParameterizedTest
  @MethodSource("rejections")
  void areTyped(GoldenCase golden) {
    if (IMPOSSIBLE.contains(golden.name())) {
      assertThatThrownBy(() -> golden.network().build(1, 2, true))
          .isInstanceOf(IllegalArgumentException.class);
    } else if (POSSIBLE.contains(golden.name()) || golden.json().get("fails_at").isNull()) {
      assertThat(forward(golden)).isNotEmpty();
    } else {
      assertThat(golden.json().get("fails_at").asText()).isEqualTo("forward");
      assertThatThrownBy(() -> forward(golden))
          .isInstanceOf(StrategyException.class)
          .hasMessageContaining(golden.name().startsWith("one-voxel") ? "normalization" : "U-Net");
    }
  }

  private static List<Shape> forward(GoldenCase golden) {
    UNet net = golden.network();
    Extent patch = Extent.of(net.rank(), a -> 16);
    RunningNetwork.Heads heads =
        new RunningNetwork.Heads(
            golden.json().get("input_channels").asInt(),
            golden.json().get("num_classes").asInt(),
            patch,
            golden.json().get("deep_supervision").asBoolean());
    long[] shape =
        GoldenCase.ints(golden.json().get("input_shape")).stream().mapToLong(i -> i).toArray();
    try (RunningNetwork network = RunningNetwork.start(net, heads, Device.cpu(), 1);
        NDManager scratch = network.manager().newSubManager()) {
      return network
          .forward(
              scratch.ones(new Shape(shape)), golden.json().get("mode").asText().equals("train"))
          .stream()
          .map(NDArray::getShape)
          .toList();
    }
  }

  @Test
  void aBatchOfOneIsRefusedByBatchNormalizationInTrainingAlone() {
    UNet net =
        UNet.builder(
                List.of(2, 4),
                List.of(List.of(3, 3), List.of(3, 3)),
                List.of(List.of(1, 1), List.of(2, 2)))
            .normalization(Normalizations.batch())
            .build();
    var heads = new RunningNetwork.Heads(1, 2, Extent.of(8, 8), false);
    try (RunningNetwork network = RunningNetwork.start(net, heads, Device.cpu(), 1)) {
      NDArray x = network.manager().ones(new Shape(1, 1, 8, 8));
      assertThat(network.forward(x, false)).hasSize(1);
      assertThatThrownBy(() -> network.forward(x, true))
          .isInstanceOf(StrategyException.class)
          .hasMessageContaining("at least 2 samples")
          .hasMessageContaining("(1, 2, 8, 8)");
    }
  }

  @Test
  void groupsThatDoNotDivideTheChannelsAreNamed() {
    UNet net =
        UNet.builder(
                List.of(4, 6),
                List.of(List.of(3, 3), List.of(3, 3)),
                List.of(List.of(1, 1), List.of(2, 2)))
            .normalization(Normalizations.group(4))
            .build();
    assertThatThrownBy(() -> net.build(1, 2, false))
        .isInstanceOf(StrategyException.class)
        .hasMessageContaining("Group[groups=4")
        .hasMessageContaining("6 channels");
  }

  @Test
  void stylesThatDoNotFitTheNetworkAreRefused() {
    UNet.Builder net =
        UNet.builder(
            List.of(4, 6),
            List.of(List.of(3, 3), List.of(3, 3)),
            List.of(List.of(1, 1), List.of(2, 2)));
    List<UNetStyle> wrong =
        List.of(
            UNetStyle.standard().withStem(new Stem(4, List.of(3, 3, 3))),
            UNetStyle.standard().withResidual(ResidualBlocks.bottleneck(List.of(2))),
            UNetStyle.standard()
                .withDecoder(Decoder.plain().withResidual(true).with(Decoder.Upsampling.LINEAR)),
            UNetStyle.fabians(2),
            UNetStyle.generic().withDecoder(Decoder.generic().withResidual(true)));
    for (UNetStyle style : wrong) {
      net.style(style);
      assertThatThrownBy(net::build)
          .as(style.toString())
          .isInstanceOf(IllegalArgumentException.class);
    }
    net.style(UNetStyle.generic()).blocks(1, 1);
    assertThatThrownBy(net::build).hasMessageContaining("at least 2 convolutions");
    for (Runnable option :
        List.<Runnable>of(
            () -> UNetStyle.standard().withDropout(1),
            () -> ResidualBlocks.basic().withStochasticDepth(-0.1),
            () -> ResidualBlocks.bottleneck(List.of(0)),
            () -> new Stem(-1, List.of()),
            () -> new Stem(4, List.of(2, 2)),
            () -> new SqueezeExcitation(0, true),
            () -> new Nonlinearities.PRelu(Double.NaN),
            () -> new Nonlinearities.Celu(0),
            () -> Initializations.he(Double.NaN),
            () -> new Normalizations.FilterResponse(0))) {
      assertThatThrownBy(option::run).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
