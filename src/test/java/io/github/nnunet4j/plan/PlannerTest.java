package io.github.nnunet4j.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nnunet4j.dataset.Channel;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.error.PlanException;
import io.github.nnunet4j.fingerprint.Fingerprint;
import io.github.nnunet4j.fingerprint.IntensityStatistics;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.network.Nonlinearities;
import io.github.nnunet4j.network.UNet;
import io.github.nnunet4j.preprocess.IntensityNormalizations;
import io.github.nnunet4j.preprocess.Resamplings;
import io.github.nnunet4j.preprocess.SeparateZ;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PlannerTest {
  private static final IntensityStatistics STATISTICS = IntensityStatistics.builder().build();
  private static final PlannerInput INPUT =
      new PlannerInput(
          "Dataset", List.of(new Channel("MRI")), Labels.of("a", "b"), 20, "SimpleITKIO");

  private static Fingerprint fingerprint(Extent extent, Spacing spacing) {
    return new Fingerprint(List.of(extent), List.of(spacing), List.of(STATISTICS), 1);
  }

  @Property(tries = 60)
  void everyPlanKeepsItsRules(
      @ForAll @IntRange(min = 1, max = 400) int z,
      @ForAll @IntRange(min = 8, max = 600) int y,
      @ForAll @IntRange(min = 8, max = 600) int x,
      @ForAll @DoubleRange(min = 0.3, max = 8) double dz,
      @ForAll @DoubleRange(min = 0.3, max = 3) double dx) {
    Fingerprint fingerprint = fingerprint(Extent.of(z, y, x), Spacing.millimetres(dz, dx, dx));
    Plan plan = Planners.standard().plan(fingerprint, INPUT);
    for (Configuration c : plan.configurations()) {
      List<Integer> divisor = c.topology().divisor();
      for (int a = 0; a < divisor.size(); a++) {
        assertThat(c.patch().get(a) % divisor.get(a)).isZero();
      }
      assertThat(c.batchSize()).isGreaterThanOrEqualTo(2);
      long estimate = c.topology().featureMapValues(c.patch(), 1, 3);
      MemoryUse use =
          new MemoryUse(
              (double) estimate,
              MemoryRules.standard().reference(c.patch().rank()),
              c.patch(),
              1e9);
      assertThat(PriorityRules.patchFirst().fits(use)).isTrue();
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
    assertThat(planner.rules().memory.targetGigabytes()).isEqualTo(4);
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
    assertThat(MemoryRules.residualEncoderM()).isNotEqualTo(MemoryRules.standard());
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
