package io.github.nnunet4j.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.dataset.Channel;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.error.PlanException;
import io.github.nnunet4j.fingerprint.Fingerprint;
import io.github.nnunet4j.fingerprint.IntensityStatistics;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.network.Nonlinearities;
import io.github.nnunet4j.network.UNet;
import io.github.nnunet4j.preprocess.IntensityNormalizations;
import io.github.nnunet4j.preprocess.Resamplings;
import io.github.nnunet4j.preprocess.SeparateZ;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlannerTest {
  private static final IntensityStatistics STATISTICS = IntensityStatistics.builder().build();
  private static final PlannerInput INPUT =
      new PlannerInput(
          "Dataset", List.of(new Channel("MRI")), Labels.of("a", "b"), 20, "SimpleITKIO");

  private static Fingerprint fingerprint(Extent extent, Spacing spacing) {
    return new Fingerprint(List.of(extent), List.of(spacing), List.of(STATISTICS), 1);
  }

  static Stream<JsonNode> topologies() throws IOException {
    Path file = Path.of("src/test/resources/golden/planning/topology.json");
    return StreamSupport.stream(Json.read(file).get("cases").spliterator(), false)
        .filter(c -> c.get("min_feature_map_size").asInt() == Pooling.SMALLEST_EDGE)
        .filter(c -> c.get("max_numpool").asInt() > 20 && c.get("v2").has("patch_size_padded"));
  }

  @ParameterizedTest
  @MethodSource("topologies")
  void poolingEqualsTheReference(JsonNode golden) {
    Spacing spacing = Spacing.millimetres(doubles(golden.get("spacing")));
    Pooling pooling = Pooling.of(spacing, doubles(golden.get("patch_size")));
    JsonNode expected = golden.get("v2");
    assertThat(text(pooling.strides())).isEqualTo(text(expected, "pool_op_kernel_sizes"));
    assertThat(text(pooling.kernels())).isEqualTo(text(expected, "conv_kernel_sizes"));
    assertThat(Arrays.toString(pooling.patch().toArray()).replace(" ", ""))
        .isEqualTo(text(expected, "patch_size_padded"));
  }

  private static String text(List<List<Integer>> lists) {
    return lists.toString().replace(" ", "");
  }

  private static String text(JsonNode node, String key) {
    return Json.line(node.get(key)).replace(" ", "");
  }

  private static double[] doubles(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }

  @Property(tries = 60)
  void everyPlanKeepsItsRules(
      @ForAll @IntRange(min = 1, max = 400) int z,
      @ForAll @IntRange(min = 8, max = 600) int y,
      @ForAll @IntRange(min = 8, max = 600) int x,
      @ForAll @DoubleRange(min = 0.3, max = 8) double dz,
      @ForAll @DoubleRange(min = 0.3, max = 3) double dx) {
    Fingerprint fingerprint = fingerprint(Extent.of(z, y, x), Spacing.millimetres(dz, dx, dx));
    MemoryRule memory = MemoryRules.standard();
    Plan plan = Planners.standard().plan(fingerprint, INPUT);
    for (Configuration c : plan.configurations()) {
      List<Integer> divisor = c.topology().divisor();
      for (int a = 0; a < divisor.size(); a++) {
        assertThat(c.patch().get(a) % divisor.get(a)).isZero();
      }
      assertThat(c.batchSize()).isGreaterThanOrEqualTo(2);
      long estimate = c.topology().featureMapValues(c.patch(), 1, 3);
      assertThat(memory.isTooLarge((double) estimate, c.patch().rank())).isFalse();
    }
    PlanCodec codec = PlanCodec.standard();
    assertThat(codec.decode(codec.encode(plan))).isEqualTo(plan);
  }

  @Test
  void aSmallerMemoryNeverGivesALargerPatch() {
    Fingerprint fingerprint = fingerprint(Extent.of(200, 300, 300), Spacing.millimetres(1, 1, 1));
    long before = Long.MAX_VALUE;
    for (double gigabytes : new double[] {40, 24, 8, 4, 2}) {
      Plan plan = Planners.standard().withMemoryTarget(gigabytes).plan(fingerprint, INPUT);
      long voxels = plan.configuration("3d_fullres").patch().voxels();
      assertThat(voxels).isLessThanOrEqualTo(before);
      before = voxels;
    }
  }

  @Test
  void rulesAreReplacedOneByOne() {
    Planner planner =
        Planner.builder()
            .word("Mine")
            .spacing(f -> Spacing.millimetres(2, 2, 2))
            .normalization(channel -> IntensityNormalizations.none())
            .topology(TopologyRules.plain(net -> net.blocks(1, 1)))
            .build();
    Plan plan =
        planner.plan(fingerprint(Extent.of(64, 64, 64), Spacing.millimetres(1, 1, 1)), INPUT);
    Configuration full = plan.configuration("3d_fullres");
    assertThat(full.recipe().targetSpacing()).isEqualTo(Spacing.millimetres(2, 2, 2));
    assertThat(full.recipe().channels().get(0).normalization())
        .isEqualTo(IntensityNormalizations.none());
    assertThat(((UNet) full.topology()).encoderBlocks()).containsOnly(1);
    assertThat(plan.experimentPlanner()).isEqualTo("Mine");
    assertThat(planner.toString()).contains("Mine");
  }

  @Test
  void rulesOfTheLibraryReplaceOneAnother() {
    Planner planner =
        Planners.standard()
            .withSpacing(SpacingRules.fixed(Spacing.millimetres(2, 2, 2)))
            .withNormalization(NormalizationRules.ct())
            .withTopology(
                TopologyRules.residualEncoder(net -> net.nonlinearity(Nonlinearities.mish())))
            .withMemory(MemoryRules.residualEncoderM().withTarget(4))
            .withResampling(ResamplingRules.torch(SeparateZ.NEVER));
    Configuration full =
        planner
            .plan(fingerprint(Extent.of(90, 90, 90), Spacing.millimetres(1, 1, 1)), INPUT)
            .configuration("3d_fullres");
    assertThat(full.recipe().targetSpacing()).isEqualTo(Spacing.millimetres(2, 2, 2));
    assertThat(full.recipe().channels().get(0).normalization())
        .isEqualTo(IntensityNormalizations.ct());
    assertThat(full.recipe().imageResampling()).isEqualTo(Resamplings.torch(SeparateZ.NEVER));
    UNet network = (UNet) full.topology();
    assertThat(network.encoder()).isEqualTo(UNet.Encoder.RESIDUAL);
    assertThat(network.nonlinearity()).isEqualTo(Nonlinearities.mish());
    assertThat(planner.memory().targetGigabytes()).isEqualTo(4);
  }

  @Test
  void rulesOfTheLibraryAreValues() {
    assertThat(SpacingRules.median()).isEqualTo(SpacingRules.median());
    assertThat(NormalizationRules.byChannelName()).isEqualTo(NormalizationRules.byChannelName());
    assertThat(NormalizationRules.zScore())
        .isEqualTo(NormalizationRules.always(IntensityNormalizations.zScore()))
        .isNotEqualTo(NormalizationRules.ct());
    assertThat(TopologyRules.plain()).isEqualTo(TopologyRules.plain());
    assertThat(TopologyRules.residualEncoder()).isNotEqualTo(TopologyRules.plain());
    assertThat(ResamplingRules.none()).isEqualTo(ResamplingRules.none());
    assertThat(MemoryRules.residualEncoder()).isNotEqualTo(MemoryRules.residualEncoderM());
  }

  @Test
  void oneVoxelAxesGetATwoDimensionalPlan() {
    Plan plan =
        Planners.standard()
            .plan(fingerprint(Extent.of(1, 200, 200), Spacing.millimetres(999, 1, 1)), INPUT);
    assertThat(plan.names()).containsExactly("2d");
  }

  @Test
  void impossibleInputIsRefused() {
    Fingerprint none = new Fingerprint(List.of(), List.of(), List.of(STATISTICS), 1);
    assertRefused(none, INPUT, "at least one case");
    Fingerprint uneven =
        new Fingerprint(List.of(Extent.of(9, 9, 9)), List.of(), List.of(STATISTICS), 1);
    assertRefused(uneven, INPUT, "as many spacings");
    Fingerprint good = fingerprint(Extent.of(64, 64, 64), Spacing.millimetres(1, 1, 1));
    assertRefused(
        new Fingerprint(good.extents(), good.spacings(), List.of(), 1), INPUT, "1 channels");
    assertRefused(
        good,
        new PlannerInput("x", INPUT.channels(), INPUT.labels(), 0, "SimpleITKIO"),
        "training cases");
  }

  private static void assertRefused(Fingerprint fingerprint, PlannerInput input, String message) {
    assertThatThrownBy(() -> Planners.standard().plan(fingerprint, input))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aMemoryTargetBelowTheSmallestNetworkIsRefused() {
    Fingerprint good = fingerprint(Extent.of(64, 64, 64), Spacing.millimetres(1, 1, 1));
    assertThatThrownBy(() -> Planners.standard().withMemoryTarget(1e-6).plan(good, INPUT))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("memory target");
    assertThatThrownBy(() -> Planners.standard().withMemoryTarget(0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTopologyThatDoesNotKnowItsSizeIsRefused() {
    Planner planner =
        Planner.builder()
            .topology(p -> (inputs, outputs, deep) -> ai.djl.nn.Blocks.identityBlock())
            .build();
    Fingerprint good = fingerprint(Extent.of(64, 64, 64), Spacing.millimetres(1, 1, 1));
    assertThatThrownBy(() -> planner.plan(good, INPUT))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("featureMapValues");
  }
}
