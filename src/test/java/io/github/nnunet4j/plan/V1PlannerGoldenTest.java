package io.github.nnunet4j.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.nnunet4j.augment.StandardAugmentation;
import io.github.nnunet4j.dataset.Channel;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.error.PlanException;
import io.github.nnunet4j.fingerprint.Fingerprint;
import io.github.nnunet4j.fingerprint.IntensityStatistics;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.internal.Percentiles;
import io.github.nnunet4j.network.UNet;
import io.github.nnunet4j.preprocess.IntensityNormalization;
import io.github.nnunet4j.preprocess.IntensityNormalizations;
import io.github.nnunet4j.preprocess.Recipe.ChannelRecipe;
import io.github.nnunet4j.samples.planners.PlannerRow;
import io.github.nnunet4j.samples.planners.PlannerRows;
import io.github.nnunet4j.samples.trainers.TrainerRow.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Plans of the real planners of nnU-Net v1, every case of them, field by field. */
class V1PlannerGoldenTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden/planning");

  private static Map<String, JsonNode> inputs() throws IOException {
    Map<String, JsonNode> inputs = new HashMap<>();
    Json.read(FOLDER.resolve("v1_inputs.json"))
        .get("cases")
        .forEach(input -> inputs.put(input.get("id").asText(), input));
    return inputs;
  }

  static Stream<Arguments> cases() throws IOException {
    Map<String, JsonNode> inputs = inputs();
    Map<String, JsonNode> all = new HashMap<>();
    JsonNode cases = Json.read(FOLDER.resolve("v1_plans.json")).get("cases");
    cases.forEach(golden -> all.put(golden.get("id").asText(), golden));
    return StreamSupport.stream(cases.spliterator(), false)
        .map(
            golden ->
                Arguments.of(
                    golden.get("id").asText(),
                    golden,
                    inputs.get(golden.get("input").asText()),
                    golden.has("pretrained_from")
                        ? source(all.get(golden.get("pretrained_from").asText()), inputs)
                        : null));
  }

  private static Plan source(JsonNode golden, Map<String, JsonNode> inputs) {
    return plan(planner(golden.get("planner").asText()), inputs.get(golden.get("input").asText()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void planEqualsTheReference(String id, JsonNode golden, JsonNode input, Plan source) {
    String word = golden.get("planner").asText();
    Planner planner = planner(word, source);
    if (golden.has("error")) {
      assertSensible(planner, word, input);
      return;
    }
    Plan plan = plan(planner, input);
    JsonNode expected = golden.get("plans");
    assertNames(plan, golden, expected);
    assertChannels(plan, word, expected);
    List<Configuration> stages =
        plan.configurations().stream().filter(c -> c.inheritsFrom().isEmpty()).toList();
    assertThat(stages.stream().map(Configuration::name))
        .isEqualTo(
            word.contains("2D")
                ? List.of("2d")
                : expected.get("num_stages").asInt() == 2
                    ? List.of("3d_lowres", "3d_fullres")
                    : List.of("3d_fullres"));
    for (int i = 0; i < stages.size(); i++) {
      assertStage(
          stages.get(i), expected, expected.get("plans_per_stage").get("" + i), stages.size());
    }
    assertCascade(plan, stages.size() == 2);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void plansSurviveWritingAndReading(String id, JsonNode golden, JsonNode input, Plan source) {
    if (golden.has("error")) {
      return;
    }
    Plan plan = plan(planner(golden.get("planner").asText(), source), input);
    PlanCodec codec = PlanCodec.standard();
    assertThat(codec.decode(codec.encode(plan))).isEqualTo(plan);
  }

  /** Where the reference fails, there is a plan or an error that says what to do. */
  private static void assertSensible(Planner planner, String word, JsonNode input) {
    if (word.equals("ExperimentPlanner2D")) {
      assertThatThrownBy(() -> plan(planner, input))
          .isInstanceOf(PlanException.class)
          .hasMessageContaining("room for 2 images")
          .hasMessageContaining("V1Planners.slices()");
      return;
    }
    Plan plan = plan(planner, input);
    for (Configuration c : plan.configurations()) {
      assertThat(c.batchSize()).isPositive();
      assertThat(c.patch().voxels()).isPositive();
    }
  }

  private static void assertNames(Plan plan, JsonNode golden, JsonNode expected) {
    String word = golden.get("planner").asText();
    assertThat(plan.experimentPlanner()).isEqualTo(word);
    assertThat(plan.plansName() + (word.contains("2D") ? "_plans_2D.pkl" : "_plans_3D.pkl"))
        .isEqualTo(golden.get("plans_file").asText());
    if (expected.has("transpose_forward")) {
      assertThat(plan.axisOrder()).isEqualTo(ints(expected.get("transpose_forward")));
      assertThat(plan.inverseAxisOrder()).isEqualTo(ints(expected.get("transpose_backward")));
    }
    for (Configuration c : plan.configurations()) {
      assertThat(c.dataIdentifier())
          .isEqualTo(
              expected.get("data_identifier").asText() + "_" + c.inheritsFrom().orElse(c.name()));
      assertThat(c.preprocessor()).isEqualTo(expected.get("preprocessor_name").asText());
      assertThat(c.recipe().steps()).isEqualTo(StepWords.steps(c.preprocessor()).orElseThrow());
    }
  }

  private static void assertChannels(Plan plan, String word, JsonNode expected) {
    for (Configuration c : plan.configurations()) {
      List<ChannelRecipe> channels = c.recipe().channels();
      assertThat(channels).hasSize(expected.get("num_modalities").asInt());
      for (int i = 0; i < channels.size(); i++) {
        assertThat(channels.get(i).normalization())
            .isEqualTo(
                word.contains("RGB")
                    ? V1Preprocessing.eightBits()
                    : scheme(expected.get("normalization_schemes").get("" + i).asText()));
        assertThat(channels.get(i).useMask())
            .isEqualTo(expected.get("use_mask_for_norm").get("" + i).asBoolean());
      }
    }
  }

  private static IntensityNormalization scheme(String word) {
    return switch (word) {
      case "CT" -> V1Preprocessing.ct();
      case "CT2" -> V1Preprocessing.ct2();
      case "nonCT" -> V1Preprocessing.nonCt();
      case "noNorm" -> IntensityNormalizations.none();
      default -> throw new IllegalStateException(word);
    };
  }

  private static void assertStage(Configuration c, JsonNode plans, JsonNode stage, int stages) {
    boolean flat = c.isTwoDimensional();
    assertThat(list(c.patch())).as("patch").isEqualTo(ints(stage.get("patch_size")));
    assertThat(c.batchSize()).as("batch").isEqualTo(stage.get("batch_size").asInt());
    JsonNode median = stage.get("median_patient_size_in_voxels");
    assertThat(list(c.medianExtent())).isEqualTo(ints(median).subList(flat ? 1 : 0, 3));
    assertThat(c.medianSize()).allMatch(size -> size == Math.rint(size));
    double[] spacing = c.recipe().targetSpacing().toArray();
    for (int a = 0; a < spacing.length; a++) {
      double expected = stage.get("current_spacing").get(flat ? a + 1 : a).asDouble();
      assertThat(spacing[a]).isCloseTo(expected, within(expected));
    }
    UNet net = (UNet) c.topology();
    boolean fabians = stage.has("num_blocks_encoder");
    List<List<Integer>> pools = lists(stage.get("pool_op_kernel_sizes"));
    assertThat(fabians ? net.strides() : net.strides().subList(1, net.stages())).isEqualTo(pools);
    assertThat(net.strides().get(0)).containsOnly(1);
    assertThat(net.kernels()).isEqualTo(lists(stage.get("conv_kernel_sizes")));
    assertThat(poolings(net)).isEqualTo(ints(stage.get("num_pool_per_axis")));
    assertThat(net.features().get(0)).isEqualTo(plans.get("base_num_features").asInt());
    if (fabians) {
      assertThat(net.encoderBlocks()).isEqualTo(ints(stage.get("num_blocks_encoder")));
      assertThat(net.decoderBlocks()).isEqualTo(ints(stage.get("num_blocks_decoder")));
    } else {
      int convolutions = plans.path("conv_per_stage").asInt(2);
      assertThat(net.encoderBlocks()).containsOnly(convolutions);
      assertThat(net.decoderBlocks()).allMatch(blocks -> blocks == convolutions);
    }
    assertThat(StandardAugmentation.builder(c.patch()).build().dummy2d())
        .isEqualTo(stage.get("do_dummy_2D_data_aug").asBoolean());
    assertThat(c.batchDice()).isEqualTo(flat || (stages == 2 && c.name().equals("3d_fullres")));
    if (plans.has("segmentation_export_params")) {
      assertThat(c.recipe().probabilityResampling())
          .isEqualTo(V1Preprocessing.better().probabilities());
    }
  }

  private static void assertCascade(Plan plan, boolean cascade) {
    assertThat(plan.has("3d_cascade_fullres")).isEqualTo(cascade);
    if (cascade) {
      Configuration second = plan.configuration("3d_cascade_fullres");
      assertThat(second.previousStage()).contains("3d_lowres");
      assertThat(second.topology()).isEqualTo(plan.configuration("3d_fullres").topology());
      assertThat(second.batchDice()).isTrue();
    }
  }

  private static List<Integer> poolings(UNet net) {
    return IntStream.range(0, net.rank())
        .mapToObj(a -> (int) net.strides().stream().filter(s -> s.get(a) == 2).count())
        .toList();
  }

  @Test
  void targetSpacingsEqualTheReference() throws IOException {
    Map<String, JsonNode> inputs = inputs();
    for (JsonNode golden : Json.read(FOLDER.resolve("v1_plans.json")).get("cases")) {
      if (golden.has("target_spacing") && !golden.has("pretrained_from")) {
        Spacing spacing =
            planner(golden.get("planner").asText())
                .rules()
                .spacing
                .target(fingerprint(inputs.get(golden.get("input").asText())));
        for (int a = 0; a < 3; a++) {
          double expected = golden.get("target_spacing").get(a).asDouble();
          assertThat(spacing.get(a))
              .as(golden.get("id").asText())
              .isCloseTo(expected, within(expected));
        }
      }
    }
  }

  @Test
  void correctedPlannersPlanEverythingUnderANameOfTheirOwn() throws IOException {
    List<PlannerRow> corrected =
        PlannerRows.rows().filter(row -> row.expressions().corrected().isPresent()).toList();
    assertThat(corrected).hasSize(8);
    for (JsonNode input : inputs().values()) {
      for (PlannerRow row : corrected) {
        Plan meant = plan(row.asMeant(), input);
        Plan released = plan(row.asReleased(), input);
        assertThat(meant.experimentPlanner()).isNotEqualTo(released.experimentPlanner());
        assertThat(meant.plansName()).isNotEqualTo(released.plansName());
        assertThat(meant.names()).contains(released.names().contains("2d") ? "2d" : "3d_fullres");
      }
    }
  }

  static Planner planner(String word) {
    return PlannerRows.find(Version.V1, word).asReleased();
  }

  private static Planner planner(String word, @Nullable Plan source) {
    PlannerRow row = PlannerRows.find(Version.V1, word);
    return source == null ? row.asReleased() : row.asReleased(source, "golden");
  }

  private static Plan plan(Planner planner, JsonNode input) {
    JsonNode properties = input.get("dataset_properties");
    List<Channel> channels = new ArrayList<>();
    JsonNode names = properties.get("modalities");
    for (int i = 0; i < names.size(); i++) {
      channels.add(new Channel(names.get("" + i).asText()));
    }
    Labels labels =
        Labels.of(
            IntStream.range(0, properties.get("all_classes").size())
                .mapToObj(i -> "class " + i)
                .toArray(String[]::new));
    return planner.plan(
        fingerprint(input),
        new PlannerInput(
            input.get("id").asText(),
            channels,
            labels,
            input.get("num_cases").asInt(),
            "SimpleITKIO"));
  }

  static Fingerprint fingerprint(JsonNode input) {
    JsonNode properties = input.get("dataset_properties");
    List<Extent> extents = new ArrayList<>();
    properties
        .get("all_sizes")
        .forEach(s -> extents.add(Extent.of(3, axis -> s.get(axis).asInt())));
    List<Spacing> spacings = new ArrayList<>();
    properties
        .get("all_spacings")
        .forEach(s -> spacings.add(Spacing.millimetres(3, axis -> s.get(axis).asDouble())));
    List<IntensityStatistics> intensities = new ArrayList<>();
    for (int i = 0; i < properties.get("modalities").size(); i++) {
      intensities.add(statistics(properties.path("intensityproperties").path("" + i)));
    }
    List<Double> reductions = new ArrayList<>();
    properties.get("size_reductions").forEach(r -> reductions.add(r.asDouble()));
    return new Fingerprint(
        extents,
        spacings,
        intensities,
        Percentiles.median(reductions.stream().mapToDouble(Double::doubleValue).toArray()));
  }

  /** Channels that are not CT have none. */
  private static IntensityStatistics statistics(JsonNode node) {
    return node instanceof ObjectNode
        ? IntensityStatistics.builder()
            .mean(node.get("mean").asDouble())
            .median(node.get("median").asDouble())
            .standardDeviation(node.get("sd").asDouble())
            .minimum(node.get("mn").asDouble())
            .maximum(node.get("mx").asDouble())
            .percentile00_5(node.get("percentile_00_5").asDouble())
            .percentile99_5(node.get("percentile_99_5").asDouble())
            .build()
        : IntensityStatistics.builder().build();
  }

  private static org.assertj.core.data.Offset<Double> within(double value) {
    return org.assertj.core.api.Assertions.offset(1e-12 * Math.abs(value));
  }

  private static List<Integer> ints(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false).map(JsonNode::asInt).toList();
  }

  private static List<List<Integer>> lists(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false).map(V1PlannerGoldenTest::ints).toList();
  }

  private static List<Integer> list(Extent extent) {
    return IntStream.of(extent.toArray()).boxed().toList();
  }
}
