package io.github.nnunet4j.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nnunet4j.error.PreprocessException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.error.StrategyException;
import io.github.nnunet4j.fingerprint.IntensityStatistics;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.image.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PreprocessingStepsTest {
  private static final Grid GRID = Grid.of(Extent.of(6, 9, 8), Spacing.millimetres(2, 1, 1));

  @Test
  void theOrderOfStepsDecidesTheResult() {
    Prepared v2 = prepare(recipe(PreprocessingSteps.v2()));
    Prepared v1 = prepare(recipe(PreprocessingSteps.v1()));
    assertThat(v1.image().grid()).isEqualTo(v2.image().grid());
    assertThat(v1.image()).isNotEqualTo(v2.image());
    // normalized last: mean 0 on the network grid
    assertThat(mean(v1.image())).isLessThan(1e-6);
    assertThat(mean(v2.image())).isGreaterThan(1e-6);
  }

  @Test
  void ownStepsStandAnywhereAndSeeWhatTheStepsBeforeLeft() {
    List<Extent> seen = new ArrayList<>();
    PreprocessingStep look =
        PreprocessingSteps.named(
            "look/1",
            state -> {
              seen.add(state.image().grid().extent());
              assertThat(state.labels().grid().extent()).isEqualTo(state.image().grid().extent());
              assertThat(state.region().count()).isPositive();
              assertThat(state.id()).isEqualTo("one");
              assertThat(state.isLabelled()).isFalse();
              assertThat(state.threads()).isEqualTo(1);
              return state;
            });
    Recipe recipe =
        recipe(
            List.of(
                look, PreprocessingSteps.resample(), look, PreprocessingSteps.normalize(), look));
    Prepared prepared = prepare(recipe);
    Extent after = prepared.image().grid().extent();
    assertThat(seen).containsExactly(GRID.extent(), after, after);
    assertThat(prepared.image())
        .isEqualTo(
            prepare(recipe(List.of(PreprocessingSteps.resample(), PreprocessingSteps.normalize())))
                .image());
  }

  @Test
  void aStepMayChangeChannelsLabelsAndGrid() {
    PreprocessingStep twice = PreprocessingSteps.channels("twice/1", c -> c.map(v -> 2 * v));
    PreprocessingStep finer =
        PreprocessingSteps.named(
            "finer/1",
            state -> {
              Grid from = state.image().grid();
              Grid to = Grid.of(Extent.of(12, 9, 8), Spacing.millimetres(1, 1, 1));
              Volume image = Resamplings.linear().apply(state.image(), to);
              assertThat(from.extent()).isEqualTo(GRID.extent());
              return state.with(image, () -> LabelResamplings.nearest().apply(state.labels(), to));
            });
    Recipe recipe = recipe(List.of(twice, finer));
    LabelMap labels = labels();
    Prepared prepared = Preprocessor.of(recipe).prepare("one", image(), labels);
    Grid reached = prepared.image().grid();
    assertThat(reached.extent()).isEqualTo(Extent.of(12, 9, 8));
    assertThat(prepared.image())
        .isEqualTo(Resamplings.linear().apply(image().map(v -> 2 * v), reached));
    assertThat(prepared.labels()).contains(LabelResamplings.nearest().apply(labels, reached));
    assertThat(prepared.restoration().networkGrid()).isEqualTo(reached);
    assertThat(prepared.restoration().croppedGrid().extent()).isEqualTo(GRID.extent());
  }

  @Test
  void withoutStepsTheCroppedImageIsWhatTheNetworkSees() {
    Prepared prepared = prepare(recipe(List.of()));
    assertThat(prepared.image().unsafeArray(0)).isEqualTo(image().unsafeArray(0));
    assertThat(prepared.labels()).isEmpty();
  }

  @Test
  void nanIsRefusedUnlessTheFirstStepTakesIt() {
    float[] voxels = image().toArray(0);
    voxels[10] = Float.NaN;
    Volume broken = Volume.wrap(GRID, voxels);
    assertThatThrownBy(
            () -> Preprocessor.of(recipe(PreprocessingSteps.v2())).prepare("one", broken))
        .isInstanceOf(PreprocessException.class)
        .hasMessageContaining("case one")
        .hasMessageContaining("NaN at (z, y, x)");
    Prepared repaired = Preprocessor.of(recipe(PreprocessingSteps.v1())).prepare("one", broken);
    voxels[10] = 0;
    assertThat(repaired.image())
        .isEqualTo(
            Preprocessor.of(recipe(PreprocessingSteps.v1()))
                .prepare("one", Volume.wrap(GRID, voxels))
                .image());
    float[] infinite = image().toArray(0);
    infinite[3] = Float.POSITIVE_INFINITY;
    assertThatThrownBy(
            () ->
                Preprocessor.of(recipe(PreprocessingSteps.v1()))
                    .prepare("one", Volume.wrap(GRID, infinite)))
        .isInstanceOf(PreprocessException.class)
        .hasMessageContaining("case one, step ReplaceNaNStep[]")
        .hasMessageContaining("Infinity");
    PreprocessingStep own = PreprocessingSteps.named("mine/1", PreprocessingSteps.replaceNaN());
    assertThat(own.acceptsNotFinite()).isTrue();
    assertThat(Preprocessor.of(recipe(List.of(own))).prepare("one", broken).image().at(0, 0, 1, 2))
        .isZero();
  }

  @Test
  void aFailingStepIsNamedWithItsCase() {
    says(
        state -> {
          throw new IllegalStateException("my bug");
        },
        StrategyException.class,
        "my bug");
    says(
        state -> {
          throw new PreprocessException(new Problem("here", "this", "that", "Do."));
        },
        PreprocessException.class,
        "here: expected this, found that");
    says(
        state -> state.mapChannels(c -> c.map(v -> Float.NaN)),
        StrategyException.class,
        "finite voxels");
    says(
        state -> {
          float[] channel = state.image().unsafeArray(0);
          return state.withImage(Volume.wrap(state.image().grid(), channel, channel));
        },
        StrategyException.class,
        "extent or channels 1");
    says(
        state -> state.mapChannels(c -> Volume.wrap(Grid.of(1, 1, 1), new float[1])),
        StrategyException.class,
        "one channel of 6x9x8");
    PreprocessingStep smaller =
        PreprocessingSteps.named(
            "bad", state -> state.withImage(Volume.wrap(Grid.of(1, 1, 1), new float[1])));
    assertThatThrownBy(
            () -> Preprocessor.of(recipe(List.of(smaller))).prepare("one", image(), labels()))
        .isInstanceOf(StrategyException.class)
        .hasMessageContaining("case one, labels between two steps");
  }

  private static void says(
      PreprocessingStep step, Class<? extends RuntimeException> kind, String part) {
    Recipe recipe = recipe(List.of(PreprocessingSteps.named("bad", step)));
    assertThatThrownBy(() -> prepare(recipe))
        .isInstanceOf(kind)
        .hasMessageContaining("case one, step NamedStep[bad]")
        .hasMessageContaining(part);
  }

  @Test
  void aFailingGridRuleIsNamed() {
    Recipe bug =
        recipe(
            List.of(
                PreprocessingSteps.resample(
                    (cropped, target) -> {
                      throw new IllegalStateException("my rule");
                    })));
    assertThatThrownBy(() -> prepare(bug))
        .isInstanceOf(StrategyException.class)
        .hasMessageContaining("case one, network grid")
        .hasMessageContaining("my rule");
    Recipe huge =
        recipe(
            List.of(
                PreprocessingSteps.resample((cropped, target) -> Grid.of(60_000, 60_000, 60_000))));
    assertThatThrownBy(() -> prepare(huge))
        .isInstanceOf(PreprocessException.class)
        .hasMessageContaining("case one, resampling from")
        .hasMessageContaining("what the heap of this JVM can hold");
  }

  @Test
  void gridRulesGiveExtentAndSpacing() {
    Spacing target = Spacing.millimetres(1, 0.5, 2);
    assertThat(GridRules.planned().apply(GRID, target).extent()).isEqualTo(Extent.of(12, 18, 4));
    Grid kept = GridRules.keepFirstAxis().apply(GRID, target);
    assertThat(kept.extent()).isEqualTo(Extent.of(6, 18, 4));
    assertThat(kept.spacing()).isEqualTo(Spacing.millimetres(2, 0.5, 2));
    assertThat(GridRules.keepFirstAxis().apply(GRID, Spacing.millimetres(0.5, 2))).isEqualTo(kept);
    assertThat(GridRules.original().apply(GRID, target)).isEqualTo(GRID);
    Grid edge = GridRules.shortEdge(16).apply(GRID, target);
    assertThat(edge.extent()).isEqualTo(Extent.of(6, 18, 16));
    assertThat(edge.spacing()).isEqualTo(Spacing.millimetres(2, 0.5, 0.5));
    assertThatThrownBy(() -> GridRules.shortEdge(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PreprocessingSteps.named(" ", state -> state))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static double mean(Volume image) {
    double sum = 0;
    for (float value : image.unsafeArray(0)) {
      sum += value;
    }
    return Math.abs(sum / image.grid().voxels());
  }

  private static Prepared prepare(Recipe recipe) {
    return Preprocessor.of(recipe).prepare("one", image());
  }

  private static Recipe recipe(List<? extends PreprocessingStep> steps) {
    IntensityStatistics none = IntensityStatistics.builder().build();
    return Recipe.builder()
        .targetSpacing(Spacing.millimetres(1, 1.3, 1.6))
        .channels(List.of(new Recipe.ChannelRecipe(IntensityNormalizations.zScore(), false, none)))
        .imageResampling(Resamplings.images())
        .labelResampling(LabelResamplings.labels())
        .probabilityResampling(Resamplings.probabilities())
        .steps(steps)
        .build();
  }

  private static Volume image() {
    SplittableRandom random = new SplittableRandom(3);
    float[] voxels = new float[(int) GRID.voxels()];
    for (int i = 0; i < voxels.length; i++) {
      voxels[i] = 1 + random.nextInt(1000) / 10f;
    }
    return Volume.wrap(GRID, voxels);
  }

  private static LabelMap labels() {
    SplittableRandom random = new SplittableRandom(4);
    short[] labels = new short[(int) GRID.voxels()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (short) random.nextInt(3);
    }
    return LabelMap.wrap(GRID, labels);
  }
}
