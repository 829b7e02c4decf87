package io.github.nnunet4j.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.nnunet4j.error.PlanException;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.network.NetworkTopology;
import io.github.nnunet4j.network.Nonlinearities;
import io.github.nnunet4j.network.Nonlinearity;
import io.github.nnunet4j.network.Normalization;
import io.github.nnunet4j.network.Normalizations;
import io.github.nnunet4j.network.UNet;
import io.github.nnunet4j.preprocess.IntensityNormalization;
import io.github.nnunet4j.preprocess.LabelResampling;
import io.github.nnunet4j.preprocess.Resampling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PlanCodecTest {
  private static final IntensityNormalization CLIP = (channel, context) -> channel.map(v -> v);
  private static JsonNode cascaded;
  private static JsonNode small;

  @BeforeAll
  static void read() throws IOException {
    for (JsonNode golden :
        Json.read(Path.of("src/test/resources/golden/planning/v2_plans.json")).get("cases")) {
      JsonNode plans = golden.get("plans");
      if (plans.get("configurations").has("3d_cascade_fullres") && cascaded == null) {
        cascaded = plans;
      }
      if (small == null) {
        small = plans;
      }
    }
  }

  private static ObjectNode copy() {
    return small.deepCopy();
  }

  private static Plan plan() {
    return PlanCodec.standard().decode(Json.text(small));
  }

  private static void refused(ObjectNode json, String... parts) {
    assertThatThrownBy(() -> PlanCodec.standard().decode(Json.text(json)))
        .isInstanceOf(PlanException.class)
        .satisfies(e -> assertThat(e.getMessage()).contains(parts));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "batch_size | 0 | positive whole number",
        "batch_size | 2.5 | whole number",
        "batch_size | \"2\" | whole number",
        "patch_size | [40,56] | axes",
        "patch_size | [40,56,41] | nearest valid patch is [40, 56, 40]",
        "patch_size | [40,-56,40] | positive whole numbers",
        "patch_size | [40] | two or three",
        "spacing | [1,0,1] | positive numbers",
        "spacing | [1,NaN,1] | positive numbers",
        "spacing | [1,1] | as the patch has",
        "median_image_size_in_voxels | [1,2] | as the patch has",
        "normalization_schemes | [\"CTNorm\"] | ZScoreNormalization",
        "normalization_schemes | [] | 1 entries",
        "use_mask_for_norm | [1] | true or false",
        "resampling_fn_data | \"resample\" | resample_data_or_seg_to_shape",
        "resampling_fn_data_kwargs | {\"order\":9} | order",
        "resampling_fn_data_kwargs | {\"is_seg\":true} | must be false here",
        "resampling_fn_seg_kwargs | {\"colour\":1} | is none of",
        "batch_dice | \"yes\" | true or false",
        "previous_stage | \"3d_lowres\" | one of the configurations",
        "data_identifier | 3 | text",
        "inherits_from | \"4d\" | one of the configurations",
        "inherits_from | \"3d_fullres\" | circle"
      })
  void aBrokenFieldIsNamedWithItsRule(String key, String value, String rule) throws IOException {
    ObjectNode json = copy();
    ObjectNode configuration = (ObjectNode) json.get("configurations").get("3d_fullres");
    configuration.set(key, Json.parse(value));
    refused(json, "3d_fullres", rule.trim());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "n_stages | 3 | n_stages",
        "strides | [[1,1,1],[2,2,2],[2,2,2]] | the strides are for 3: give 3 features",
        "kernel_sizes | [[3,3,3],[3,3,3],[3,3,3],[2,3,3]] | odd",
        "kernel_sizes | [] | must not be empty",
        "features_per_stage | [32,64,128,2.5] | whole numbers",
        "conv_op | \"torch.nn.modules.conv.Conv2d\" | Conv3d",
        "norm_op | \"torch.nn.modules.instancenorm.InstanceNorm2d\" | InstanceNorm3d",
        "norm_op | \"os.system\" | network normalization",
        "nonlin | \"torch.nn.Tanhshrink\" | torch.nn.LeakyReLU",
        "nonlin_kwargs | {\"slope\":1} | is none of",
        "dropout_op | \"torch.nn.Dropout\" | must be null or torch.nn.modules.dropout.Dropout3d",
        "dropout_op | \"torch.nn.modules.dropout.Dropout3d\" | dropout_op_kwargs",
        "block | \"os.system\" | BottleneckD",
        "bottleneck_channels | [1] | BottleneckD",
        "pool | \"mid\" | one of [strided, max, mean]",
        "zero_last_norm | 3 | cannot be 3",
        "stem_kernel | 3 | list of whole numbers",
        "stem_kernel | [\"a\"] | cannot be",
        "squeeze_excitation | {\"ratio\":1} | true or false",
        "squeeze_excitation | {\"colour\":1} | is none of",
        "decoder | {\"residual\":true} | deeper_kernels",
        "initialization | {\"kind\":\"she\"} | xavier_uniform",
        "conv_bias | 1 | true or false",
        "surprise | 1 | is none of"
      })
  void aBrokenNetworkIsNamedWithItsRule(String key, String value, String rule) throws IOException {
    ObjectNode json = copy();
    ObjectNode arguments =
        (ObjectNode)
            json.get("configurations").get("3d_fullres").get("architecture").get("arch_kwargs");
    arguments.set(key, Json.parse(value));
    refused(json, "$.configurations.3d_fullres.architecture", rule.trim());
  }

  @Test
  void anUnknownNetworkIsNeverResolved() {
    ObjectNode json = copy();
    ((ObjectNode) json.get("configurations").get("2d").get("architecture"))
        .put("network_class_name", "java.lang.Runtime");
    refused(json, "$.configurations.2d.architecture", "java.lang.Runtime", "PlainConvUNet");
  }

  @Test
  void missingKeysAndWrongOrdersAreNamed() {
    ObjectNode json = copy();
    json.remove("plans_name");
    refused(json, "$", "plans_name");
    json = copy();
    json.putArray("transpose_forward").add(0).add(0).add(2);
    refused(json, "transpose_forward", "permutation");
    json = copy();
    json.putArray("transpose_backward").add(1).add(0).add(2);
    refused(json, "transpose_backward", "[0, 1, 2]");
    assertThatThrownBy(() -> PlanCodec.standard().decode("{")).isInstanceOf(PlanException.class);
  }

  @Test
  void unknownKeysAreKept() throws IOException {
    ObjectNode json = copy();
    json.put("note", "by hand");
    ((ObjectNode) json.get("configurations").get("2d")).putArray("tags").add(1);
    Plan plan = PlanCodec.standard().decode(Json.text(json));
    PlannerGoldenTest.assertSame("$", json, Json.parse(PlanCodec.standard().encode(plan)));
  }

  @Test
  void anHeirWritesWhatItStatesAndFollowsItsParent() throws IOException {
    ObjectNode json = copy();
    ((ObjectNode) json.get("configurations"))
        .putObject("3d_bs40")
        .put("inherits_from", "3d_fullres")
        .put("batch_size", 40);
    PlanCodec codec = PlanCodec.standard();
    Plan plan = codec.decode(Json.text(json));
    assertThat(plan.configuration("3d_bs40").batchSize()).isEqualTo(40);
    assertThat(plan.configuration("3d_bs40").patch())
        .isEqualTo(plan.configuration("3d_fullres").patch());
    PlannerGoldenTest.assertSame("$", json, Json.parse(codec.encode(plan)));

    Plan changed = plan.with("3d_fullres", c -> c.patch(Extent.of(40, 64, 40)));
    assertThat(changed.configuration("3d_bs40").patch()).isEqualTo(Extent.of(40, 64, 40));
    assertThat(changed.configuration("3d_bs40").batchSize()).isEqualTo(40);
    assertThat(codec.decode(codec.encode(changed))).isEqualTo(changed);
  }

  @Test
  void replanningKeepsConfigurationsOfTheUser(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("plans.json");
    PlanCodec codec = PlanCodec.standard();
    codec.write(plan().inheriting("mine", "3d_fullres", c -> c.batchSize(7)), file);
    Plan again = codec.update(plan(), file);
    assertThat(again.names()).containsExactly("2d", "3d_fullres", "mine");
    assertThat(codec.read(file)).isEqualTo(again);
  }

  @Test
  void aStrategyNobodyClaimsIsRefusedBeforeTheFileIsTouched(@TempDir Path folder) {
    Plan plan = plan().with("2d", c -> c.recipe(r -> r.normalization(0, CLIP)));
    Path file = folder.resolve("plans.json");
    assertThatThrownBy(() -> PlanCodec.standard().write(plan, file))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("configuration 2d, normalization of channel 0")
        .hasMessageContaining("StrategyCodec");
    assertThat(Files.exists(file)).isFalse();
  }

  @Test
  void ownStrategiesOfEveryKindRoundTrip() {
    Resampling resampling = (source, target) -> source.withGrid(target);
    LabelResampling labels = (source, target) -> source.withGrid(target);
    Nonlinearity square = x -> x.square();
    Normalization norm = channels -> ai.djl.nn.Blocks.identityBlock();
    PlanCodec codec =
        PlanCodec.standard()
            .withIntensityNormalization(StrategyCodec.constant("clip", CLIP))
            .withResampling(StrategyCodec.constant("mine", resampling))
            .withLabelResampling(StrategyCodec.constant("mine", labels))
            .withNonlinearity(StrategyCodec.constant("square", square))
            .withNormalization(StrategyCodec.constant("mine", norm));
    UNet net = (UNet) plan().configuration("3d_fullres").topology();
    Plan plan =
        plan()
            .with(
                "3d_fullres",
                c ->
                    c.recipe(
                            r ->
                                r.normalization(0, CLIP)
                                    .imageResampling(resampling)
                                    .labelResampling(labels)
                                    .probabilityResampling(resampling))
                        .topology(
                            net.toBuilder().nonlinearity(square).normalization(norm).build()));
    assertThat(codec.decode(codec.encode(plan))).isEqualTo(plan);
    assertThatThrownBy(() -> PlanCodec.standard().decode(codec.encode(plan)))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("\"clip\"");
  }

  @Test
  void codecsOfEqualStrategiesAreEqual() {
    StrategyCodec<IntensityNormalization> clip = StrategyCodec.constant("clip", CLIP);
    PlanCodec codec = PlanCodec.standard().withIntensityNormalization(clip);
    assertThat(codec)
        .isEqualTo(PlanCodec.standard().withIntensityNormalization(clip))
        .hasSameHashCodeAs(PlanCodec.standard().withIntensityNormalization(clip))
        .isEqualTo(
            PlanCodec.standard().withIntensityNormalization(StrategyCodec.constant("clip", CLIP)))
        .isNotEqualTo(PlanCodec.standard())
        .isNotEqualTo(
            PlanCodec.standard().withIntensityNormalization(StrategyCodec.constant("cut", CLIP)))
        .isNotEqualTo(codec.withIntensityNormalization(clip));
    Nonlinearity square = x -> x.square();
    assertThat(codec.withNonlinearity(StrategyCodec.constant("square", square)))
        .isEqualTo(
            PlanCodec.standard()
                .withNonlinearity(StrategyCodec.constant("square", square))
                .withIntensityNormalization(clip));
  }

  @Test
  void anOwnTopologyWithValuesRoundTrips() {
    record Tiny(int width) implements NetworkTopology {
      @Override
      public ai.djl.nn.Block build(int inputs, int outputs, boolean deepSupervision) {
        return ai.djl.nn.Blocks.identityBlock();
      }
    }
    StrategyCodec<NetworkTopology> tiny =
        new StrategyCodec<>() {
          @Override
          public Optional<Fields> encode(NetworkTopology strategy) {
            return strategy instanceof Tiny t
                ? Optional.of(Fields.of("tiny").with("width", t.width()))
                : Optional.empty();
          }

          @Override
          public Optional<NetworkTopology> decode(Fields fields) {
            return fields.word().equals("tiny")
                ? Optional.of(new Tiny((int) fields.number("width")))
                : Optional.empty();
          }
        };
    PlanCodec codec = PlanCodec.standard().withTopology(tiny);
    Plan plan = plan().with("2d", c -> c.topology(new Tiny(3)));
    String json = codec.encode(plan);
    assertThat(codec.decode(json)).isEqualTo(plan);
    assertThatThrownBy(() -> codec.decode(json.replaceAll("(\"width\"\\s*:\\s*)3", "$1\"3\"")))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("tiny needs a number as \"width\"");
  }

  static Stream<UNet> networks() {
    UNet net = (UNet) plan().configuration("3d_fullres").topology();
    return Stream.concat(
        Stream.of(
                Nonlinearities.relu(),
                Nonlinearities.leakyRelu(0.2),
                Nonlinearities.gelu(),
                Nonlinearities.geluTanh(),
                Nonlinearities.mish(),
                Nonlinearities.elu(),
                Nonlinearities.selu(),
                Nonlinearities.silu(),
                Nonlinearities.prelu(),
                new Nonlinearities.PRelu(0.1),
                new Nonlinearities.Celu(2),
                Nonlinearities.Curve.SOFTPLUS,
                Nonlinearities.Curve.HARDSWISH,
                Nonlinearities.Curve.RELU6,
                Nonlinearities.Curve.SIGMOID,
                Nonlinearities.Curve.TANH,
                Nonlinearities.identity())
            .map(n -> net.toBuilder().nonlinearity(n).nonlinearityFirst(true).build()),
        Stream.of(
                Normalizations.none(),
                Normalizations.batch(),
                new Normalizations.Batch(1e-3, false, 0.3),
                Normalizations.group(4),
                new Normalizations.Group(8, 1e-3),
                Normalizations.filterResponse(),
                Normalizations.layer(),
                new Normalizations.Instance(1e-3, false))
            .map(n -> net.toBuilder().normalization(n).build()));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void builtInLayersRoundTrip(UNet net) {
    PlanCodec codec = PlanCodec.standard();
    Plan plan = plan().with("3d_fullres", c -> c.topology(net));
    assertThat(codec.decode(codec.encode(plan))).isEqualTo(plan);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"num_groups\":2.5} | whole number",
        "{\"num_groups\":0} | groups",
        "{\"eps\":1e-5} | num_groups",
        "{\"num_groups\":2,\"affine\":false} | must be true",
        "{\"num_groups\":2,\"momentum\":1} | is none of"
      })
  void aBrokenGroupNormIsNamedWithItsRule(String values, String rule) throws IOException {
    ObjectNode json = copy();
    ObjectNode arguments =
        (ObjectNode)
            json.get("configurations").get("3d_fullres").get("architecture").get("arch_kwargs");
    arguments.put("norm_op", "torch.nn.modules.normalization.GroupNorm");
    arguments.set("norm_op_kwargs", Json.parse(values));
    refused(json, "$.configurations.3d_fullres.architecture", rule.trim());
  }

  @Test
  void aNumberOfBlocksMayStandForAllStages() {
    ObjectNode json = copy();
    ObjectNode arguments =
        (ObjectNode)
            json.get("configurations").get("3d_fullres").get("architecture").get("arch_kwargs");
    arguments.put("n_conv_per_stage", 2).put("n_conv_per_stage_decoder", 2);
    assertThat(PlanCodec.standard().decode(Json.text(json))).isEqualTo(plan());
  }

  @Test
  void aPlanPrintsAsATable() {
    String table = PlanCodec.standard().decode(Json.text(cascaded)).toTable();
    assertThat(table)
        .contains("3d_lowres", "3d_cascade_fullres", "patch", "spacing (mm)", "previous stage");
  }

  @Test
  void twoStagesMayFollowOne() throws IOException {
    ObjectNode json = cascaded.deepCopy();
    ArrayNode next = Json.array().add("3d_cascade_fullres").add("3d_fullres");
    ((ObjectNode) json.get("configurations").get("3d_lowres")).set("next_stage", next);
    PlanCodec codec = PlanCodec.standard();
    PlannerGoldenTest.assertSame(
        "$", json, Json.parse(codec.encode(codec.decode(Json.text(json)))));
  }
}
