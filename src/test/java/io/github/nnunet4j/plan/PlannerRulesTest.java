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
import io.github.nnunet4j.network.UNet;
import io.github.nnunet4j.preprocess.IntensityNormalizations;
import io.github.nnunet4j.preprocess.Resamplings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Each rule of a planner, replaced alone, decides alone. */
class PlannerRulesTest {
  private static final Fingerprint LARGE =
      fingerprint(Extent.of(200, 400, 380), Spacing.millimetres(1.5, 1, 1), 1);
  private static final Fingerprint SMALL =
      fingerprint(Extent.of(40, 60, 60), Spacing.millimetres(1, 1, 1), 0.5);

  private static Fingerprint fingerprint(Extent extent, Spacing spacing, double cropped) {
    return new Fingerprint(
        List.of(extent, extent),
        List.of(spacing, spacing),
        List.of(IntensityStatistics.builder().build()),
        cropped);
  }

  private static Plan plan(Fingerprint fingerprint, UnaryOperator<Planner.Builder> rules) {
    return rules
        .apply(Planner.builder())
        .build()
        .plan(
            fingerprint,
            new PlannerInput(
                "Data", List.of(new Channel("MRI")), Labels.of("a", "b"), 50, "SimpleITKIO"));
  }

  private static Configuration full(Fingerprint fingerprint, UnaryOperator<Planner.Builder> rules) {
    return plan(fingerprint, rules).configuration("3d_fullres");
  }

  @Test
  void axesTakeTheOrderOfTheRule() {
    assertThat(plan(LARGE, b -> b.transpose(target -> List.of(2, 1, 0))).axisOrder())
        .containsExactly(2, 1, 0);
    Fingerprint last = fingerprint(Extent.of(90, 90, 30), Spacing.millimetres(1, 1, 4), 1);
    assertThat(plan(last, b -> b).axisOrder()).containsExactly(2, 0, 1);
    assertThat(plan(last, b -> b.transposes(false)).axisOrder()).containsExactly(0, 1, 2);
    assertThatThrownBy(() -> plan(LARGE, b -> b.transpose(target -> List.of(0, 0, 1))))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("a permutation of 0, 1, 2");
  }

  @Test
  void theMedianCaseIsMeasuredByTheRule() {
    MedianSize size = new MedianSize(List.of(20.5, 30.0, 40.0), false, false);
    Configuration full = full(LARGE, b -> b.size((fingerprint, target) -> size));
    assertThat(full.medianSize()).containsExactly(20.5, 30.0, 40.0);
    assertThat(size.voxels()).isEqualTo(20.5 * 30 * 40);
    assertThat(new MedianSize(size.exact(), true, true).voxels()).isEqualTo(20 * 30 * 40);
  }

  @Test
  void masksAreUsedWhereTheRuleSays() {
    assertThat(full(SMALL, b -> b).recipe().channels().get(0).useMask()).isTrue();
    assertThat(full(SMALL, b -> b.mask(MaskRules.never())).recipe().channels().get(0).useMask())
        .isFalse();
    assertThat(full(LARGE, b -> b.mask((c, n, f) -> true)).recipe().channels().get(0).useMask())
        .isTrue();
    Channel ct = new Channel("CT of a leg");
    MaskRule rule = MaskRules.unlessNamedCt();
    assertThat(rule.useMask(ct, IntensityNormalizations.ct(), SMALL)).isFalse();
    assertThat(rule.useMask(new Channel("ct"), IntensityNormalizations.ct(), SMALL)).isTrue();
  }

  @Test
  void theSearchBeginsWithTheInitialPatch() {
    Configuration full =
        full(
            LARGE,
            b ->
                b.rank(RankRules.volumes())
                    .initialPatch((spacing, median) -> List.of(64.0, 64.0, 60.0)));
    assertThat(full.patch()).isEqualTo(Extent.of(64, 64, 64));
  }

  @Test
  void axesBecomeShorterInTheOrderOfTheRule() {
    Extent patch = full(LARGE, b -> b.shrink(state -> state.axes().get(0))).patch();
    Extent usual = full(LARGE, b -> b).patch();
    assertThat(patch.get(0)).isLessThan(usual.get(0));
    assertThat(patch.get(2)).isGreaterThan(usual.get(2));
    assertThatThrownBy(() -> plan(LARGE, b -> b.shrink(state -> 7)))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("one of the axes [0, 1, 2]");
  }

  @Test
  void anAxisOfOneVoxelIsNeverShortened() {
    Fingerprint slice = fingerprint(Extent.of(1, 3000, 3000), Spacing.millimetres(9, 1, 1), 1);
    List<List<Integer>> axes = new ArrayList<>();
    Plan plan =
        plan(
            slice,
            b ->
                b.rank(RankRules.volumes())
                    .initialPatch(InitialPatchRules.medianCase())
                    .shrink(
                        state -> {
                          axes.add(state.axes());
                          return ShrinkRules.mostCovered().axis(state);
                        }));
    assertThat(plan.configuration("3d_fullres").patch().get(0)).isEqualTo(1);
    assertThat(axes).isNotEmpty().containsOnly(List.of(1, 2));
  }

  @Test
  void aPoolingOfOnesOwnDecidesStridesAndKernels() {
    PoolingRule twice =
        (spacing, patch) -> {
          List<List<Integer>> strides =
              List.of(List.of(1, 1, 1), List.of(2, 2, 2), List.of(3, 3, 3));
          return new Pooling(
              strides,
              List.of(List.of(3, 3, 3), List.of(5, 5, 5), List.of(3, 3, 3)),
              Pooling.padded(patch, strides));
        };
    UNet net = (UNet) full(SMALL, b -> b.rank(RankRules.volumes()).pooling(twice)).topology();
    assertThat(net.kernels()).contains(List.of(5, 5, 5));
    assertThat(net.divisor()).containsExactly(6, 6, 6);
  }

  @Test
  void aPoolingThatPadsBackIsRefused() {
    PoolingRule stubborn =
        (spacing, patch) -> {
          Pooling pooling = PoolingRules.standard().fit(spacing, patch);
          return new Pooling(pooling.strides(), pooling.kernels(), Extent.of(256, 256, 256));
        };
    assertThatThrownBy(() -> plan(LARGE, b -> b.rank(RankRules.volumes()).pooling(stubborn)))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("it must pad as little as the strides need");
  }

  @Test
  void featuresAndBlocksAreNumbersPerStage() {
    UNet net =
        (UNet)
            full(
                    SMALL,
                    b ->
                        b.topology(
                            TopologyRules.plain(
                                StageRules.doubling(8, 64, 48),
                                (stage, rank) -> stage == 0 ? 1 : 3)))
                .topology();
    assertThat(net.features()).startsWith(8, 16, 32).endsWith(48);
    assertThat(net.encoderBlocks()).startsWith(1, 3, 3);
    assertThat(net.decoderBlocks()).endsWith(3, 1);
    UNet residual =
        (UNet)
            full(
                    SMALL,
                    b ->
                        b.topology(
                            TopologyRules.residualEncoder(
                                StageRules.of(10, 20, 30, 40), StageRules.of(2))))
                .topology();
    assertThat(residual.features()).containsExactly(10, 20, 30, 40, 40);
    assertThat(residual.encoderBlocks()).containsOnly(2);
  }

  @Test
  void theEstimateDecidesTheSizeOfThePatch() {
    EstimateRule twice = c -> 2 * EstimateRules.ofTopology().values(c);
    assertThat(full(LARGE, b -> b.estimate(twice)).patch().voxels())
        .isLessThan(full(LARGE, b -> b).patch().voxels());
    assertThatThrownBy(() -> plan(LARGE, b -> b.estimate(c -> Double.NaN)))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("EstimateRule");
  }

  @Test
  void batchCanComeBeforePatch() {
    Configuration patchFirst = full(LARGE, b -> b);
    Configuration batchFirst = full(LARGE, b -> b.priority(PriorityRules.batchFirst(6)));
    assertThat(patchFirst.batchSize()).isEqualTo(2);
    assertThat(batchFirst.batchSize()).isGreaterThanOrEqualTo(6);
    assertThat(batchFirst.patch().voxels()).isLessThan(patchFirst.patch().voxels());
    Configuration whole = full(LARGE, b -> b.priority(use -> true).batch(BatchRules.fixed(1)));
    assertThat(whole.batchSize()).isEqualTo(1);
    assertThat(whole.patch().voxels()).isGreaterThan(patchFirst.patch().voxels());
  }

  @Test
  void theBatchRuleKnowsMemoryAndData() {
    List<MemoryUse> uses = new ArrayList<>();
    Plan plan =
        plan(
            SMALL,
            b ->
                b.batch(
                    use -> {
                      uses.add(use);
                      return 7;
                    }));
    assertThat(plan.configurations()).allMatch(c -> c.batchSize() == 7);
    MemoryUse use = uses.get(uses.size() - 1);
    assertThat(use.patch()).isEqualTo(plan.configuration("3d_fullres").patch());
    assertThat(use.reference()).isEqualTo(new MemoryRule.Reference(560e6, 2));
    assertThat(use.datasetVoxels()).isEqualTo(40.0 * 60 * 60 * 50);
    assertThat(use.batch()).isEqualTo(560e6 / use.estimate() * 2);
    assertThat(use.covering(0.05))
        .isEqualTo(Math.rint(use.datasetVoxels() * 0.05 / use.patch().voxels()));
  }

  @Test
  void lowResolutionIsMadeByTheRule() {
    assertThat(plan(LARGE, b -> b).names())
        .containsExactly("2d", "3d_lowres", "3d_fullres", "3d_cascade_fullres");
    Plan none = plan(LARGE, b -> b.lowResolution(LowResolutionRules.none()));
    assertThat(none.names()).containsExactly("2d", "3d_fullres");
    assertThat(none.configuration("3d_fullres").batchDice()).isFalse();
    Plan halved =
        plan(
            LARGE,
            b ->
                b.lowResolution(
                    search ->
                        Optional.of(
                            search.at(
                                Spacing.millimetres(
                                    Arrays.stream(search.full().spacing().toArray())
                                        .map(s -> 2 * s)
                                        .toArray())))));
    assertThat(halved.configuration("3d_lowres").recipe().targetSpacing())
        .isEqualTo(Spacing.millimetres(3, 2, 2));
    assertThat(plan(LARGE, b -> b.lowResolution(LowResolutionRules.coarser(0.01, 1.03, 2))).names())
        .doesNotContain("3d_lowres");
    assertThatThrownBy(() -> LowResolutionRules.coarser(0.25, 1, 2))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void cascadesAndBatchDiceFollowTheirRules() {
    Plan plan =
        plan(LARGE, b -> b.cascade(CascadeRules.never()).batchDice((name, cascade) -> cascade));
    assertThat(plan.names()).containsExactly("2d", "3d_lowres", "3d_fullres");
    assertThat(plan.configuration("3d_lowres").nextStages()).isEmpty();
    assertThat(plan.configuration("2d").batchDice()).isFalse();
    assertThat(plan.configuration("3d_lowres").batchDice()).isTrue();
    assertThat(plan.configuration("3d_fullres").batchDice()).isTrue();
  }

  @Test
  void ranksAreChosenByTheRule() {
    assertThat(plan(SMALL, b -> b.rank(RankRules.slices())).names()).containsExactly("2d");
    assertThat(plan(SMALL, b -> b.rank(RankRules.volumes())).names()).containsExactly("3d_fullres");
    assertThatThrownBy(() -> plan(SMALL, b -> b.rank((rank, size) -> false)))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("RankRules.standard()");
  }

  @Test
  void recipeAndPlanAreRevisedLast() {
    Plan plan =
        plan(
            SMALL,
            b ->
                b.recipe(r -> r.toBuilder().imageResampling(Resamplings.linear()).build())
                    .revision(p -> p.with("3d_fullres", edit -> edit.batchSize(13))));
    assertThat(plan.configuration("3d_fullres").batchSize()).isEqualTo(13);
    assertThat(plan.configurations())
        .allMatch(c -> c.recipe().imageResampling().equals(Resamplings.linear()));
  }

  @Test
  void theTraceHearsEveryDecision() {
    List<String> heard = new ArrayList<>();
    PlanningTrace trace =
        new PlanningTrace() {
          @Override
          public void candidate(String c, PatchCandidate candidate, MemoryUse use, boolean fits) {
            heard.add(c + (fits ? " fits" : " is too large"));
          }

          @Override
          public void shrunk(String c, int axis, int voxels) {
            heard.add(c + " shorter");
          }

          @Override
          public void batch(String c, MemoryUse use, int batch) {
            heard.add(c + " batch " + batch);
          }

          @Override
          public void lowResolution(StagePlan full, Optional<StagePlan> kept) {
            heard.add("low " + kept.isPresent());
          }
        };
    Planners.standard()
        .plan(
            LARGE,
            new PlannerInput("Data", List.of(new Channel("x")), Labels.of("a"), 9, "SimpleITKIO"),
            trace);
    assertThat(heard)
        .containsSubsequence(
            "2d fits",
            "3d_fullres is too large",
            "3d_fullres shorter",
            "3d_fullres fits",
            "3d_fullres batch 2",
            "3d_lowres fits",
            "low true");
  }

  @Test
  void namedChannelsAreNormalizedByName() {
    NormalizationRule rule =
        NormalizationRules.v1(IntensityNormalizations.ct(), IntensityNormalizations.zScore());
    assertThat(rule.choose(new Channel("CT"))).isEqualTo(IntensityNormalizations.ct());
    assertThat(rule.choose(new Channel("ct"))).isEqualTo(IntensityNormalizations.ct());
    assertThat(rule.choose(new Channel("Ct"))).isEqualTo(IntensityNormalizations.zScore());
    assertThat(rule.choose(new Channel("noNorm"))).isEqualTo(IntensityNormalizations.none());
    NormalizationRule named =
        NormalizationRules.named(
            "CT", IntensityNormalizations.rescaleTo01(), IntensityNormalizations.zScore());
    assertThat(named.choose(new Channel("ct"))).isEqualTo(IntensityNormalizations.zScore());
    assertThat(named.choose(new Channel("CT"))).isEqualTo(IntensityNormalizations.rescaleTo01());
  }
}
