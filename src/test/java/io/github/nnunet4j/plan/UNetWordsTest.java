package io.github.nnunet4j.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.error.PlanException;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.network.Decoder;
import io.github.nnunet4j.network.Initializations;
import io.github.nnunet4j.network.Normalizations;
import io.github.nnunet4j.network.Primus;
import io.github.nnunet4j.network.ResidualBlocks;
import io.github.nnunet4j.network.SqueezeExcitation;
import io.github.nnunet4j.network.Stem;
import io.github.nnunet4j.network.Topologies;
import io.github.nnunet4j.network.UNet;
import io.github.nnunet4j.network.UNetStyle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every choice of a U-Net comes back from a plans file. */
class UNetWordsTest {
  private static Plan plan;
  private static UNet net;

  @BeforeAll
  static void read() throws IOException {
    for (JsonNode golden :
        Json.read(Path.of("src/test/resources/golden/planning/v2_plans.json")).get("cases")) {
      plan = PlanCodec.standard().decode(Json.text(golden.get("plans")));
      if (plan.names().contains("3d_fullres")) {
        net = (UNet) plan.configuration("3d_fullres").topology();
        return;
      }
    }
  }

  static Stream<UNet> networks() throws IOException {
    if (net == null) {
      read();
    }
    int stages = net.stages();
    UNet residual = Topologies.residualUNet(net.features(), net.kernels(), net.strides()).build();
    UNet generic = Topologies.genericUNet(32, net.kernels(), net.strides()).build();
    return Stream.concat(
        Stream.of(
            residual,
            generic,
            Topologies.residualEncoderUNet(net.features(), net.kernels(), net.strides()).build(),
            Topologies.fabiansUNet(32, net.kernels(), net.strides()).build(),
            net.toBuilder().style(UNetStyle.standard().withDecoder(Decoder.generic())).build(),
            generic.toBuilder()
                .style(
                    s ->
                        s.withDecoder(
                            s.decoder()
                                .with(Decoder.Upsampling.LINEAR)
                                .with(Decoder.Heads.UPSCALED)))
                .build()),
        Stream.of(
                UNetStyle.standard().withDropout(0.3),
                UNetStyle.standard().withStem(new Stem(5, List.of(1, 3, 3))),
                UNetStyle.standard()
                    .withResidual(
                        ResidualBlocks.bottleneck(Collections.nCopies(stages, 3))
                            .with(new SqueezeExcitation(0.5, false))
                            .with(ResidualBlocks.Shortcut.STRIDED)
                            .withStochasticDepth(0.25)
                            .withZeroLastNorm(false)),
                UNetStyle.standard().withDownsampling(UNetStyle.Downsampling.MEAN),
                UNetStyle.standard().withInitialization(Initializations.he(0)),
                UNetStyle.standard().withInitialization(Initializations.xavierUniform()),
                UNetStyle.standard().withInitialization(Initializations.xavierNormal()),
                UNetStyle.standard().withNormalization(Normalizations.filterResponse()))
            .map(style -> residual.toBuilder().style(style).build()));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void everyChoiceRoundTrips(UNet changed) {
    PlanCodec codec = PlanCodec.standard();
    Plan other = plan.with("3d_fullres", c -> c.topology(changed));
    String json = codec.encode(other);
    assertThat(codec.decode(json)).isEqualTo(other);
    assertThat(codec.encode(codec.decode(json))).isEqualTo(json);
  }

  @Test
  void aPlanOfTheReferenceNeedsNoWordsOfOurs() throws IOException {
    UNet bottlenecks =
        Topologies.residualEncoderUNet(net.features(), net.kernels(), net.strides())
            .style(
                UNetStyle.standard()
                    .withResidual(ResidualBlocks.bottleneck(Collections.nCopies(net.stages(), 8))))
            .build();
    Plan other = plan.with("3d_fullres", c -> c.topology(bottlenecks));
    JsonNode architecture =
        Json.parse(PlanCodec.standard().encode(other))
            .at("/configurations/3d_fullres/architecture");
    assertThat(architecture.get("_kw_requires_import"))
        .extracting(JsonNode::asText)
        .containsExactly("conv_op", "norm_op", "dropout_op", "nonlin", "block");
    assertThat(architecture.at("/arch_kwargs/block").asText()).endsWith("residual.BottleneckD");
    assertThat(architecture.get("arch_kwargs").has("decoder")).isFalse();
  }

  @Test
  void anInitializationOfTheUsersNeedsACodecForTheNetwork() {
    UNet own =
        net.toBuilder()
            .style(
                s ->
                    s.withInitialization(
                        (shape, random) -> new float[Math.toIntExact(shape.size())]))
            .build();
    Plan other = plan.with("3d_fullres", c -> c.topology(own));
    assertThatThrownBy(() -> PlanCodec.standard().encode(other))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("StrategyCodec");
    PlanCodec codec = PlanCodec.standard().withTopology(StrategyCodec.constant("own", own));
    assertThat(codec.decode(codec.encode(other))).isEqualTo(other);
  }

  @Test
  void aPrimusRoundTrips() throws IOException {
    Extent patch = Extent.of(40, 56, 40);
    Primus primus = new Primus(Primus.Size.base(), Primus.Embedding.RESIDUAL, patch, 0.1);
    Plan other = plan.with("3d_fullres", c -> c.patch(patch).topology(primus));
    String json = PlanCodec.standard().encode(other);
    assertThat(PlanCodec.standard().decode(json)).isEqualTo(other);
    for (String broken :
        List.of(
            json.replaceAll("(\"eva_depth\"\\s*:\\s*)12", "$11.5"),
            json.replaceAll("(\"drop_path_rate\")", "\"drop_rate\""),
            json.replaceAll("(\"embed_dim\"\\s*:\\s*)792", "$1790"))) {
      assertThatThrownBy(() -> PlanCodec.standard().decode(broken))
          .isInstanceOf(PlanException.class)
          .hasMessageContaining("primus.Primus");
    }
  }
}
