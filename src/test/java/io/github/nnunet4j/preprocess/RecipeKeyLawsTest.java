package io.github.nnunet4j.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.fingerprint.IntensityStatistics;
import io.github.nnunet4j.image.Spacing;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Prepared cases are told apart by exactly what determines them. */
class RecipeKeyLawsTest {
  private static final PreparedStore STORE = PreparedStore.in(Path.of("prepared"));
  private static final Labels LABELS = Labels.of("organ", "lesion");

  /** Few values, so that two recipes often agree in most of them; names that could mislead. */
  @Provide
  Arbitrary<Recipe> recipes() {
    Arbitrary<List<Integer>> orders = Arbitraries.of(List.of(0, 1, 2), List.of(1, 0, 2));
    Arbitrary<Spacing> spacings =
        Arbitraries.of(
            Spacing.millimetres(1, 1, 1),
            Spacing.millimetres(1, 1, 1 + 1e-15),
            Spacing.millimetres(1, 1));
    Arbitrary<Resampling> images =
        Arbitraries.of(
            Resamplings.images(),
            Resamplings.spline(3, 1, SeparateZ.AUTO),
            Resamplings.windowedSinc(3),
            Resamplings.none());
    Arbitrary<LabelResampling> labels =
        Arbitraries.of(
            LabelResamplings.labels(),
            LabelResamplings.threshold(1, 0, SeparateZ.AUTO),
            LabelResamplings.indicators(Resamplings.images()));
    return Combinators.combine(orders, spacings, channels(), images, labels, steps())
        .as(
            (order, spacing, channels, image, label, steps) ->
                Recipe.builder()
                    .axisOrder(order)
                    .targetSpacing(spacing)
                    .channels(channels)
                    .imageResampling(image)
                    .labelResampling(label)
                    .probabilityResampling(Resamplings.probabilities())
                    .steps(steps)
                    .build());
  }

  private static Arbitrary<List<Recipe.ChannelRecipe>> channels() {
    Arbitrary<IntensityNormalization> how =
        Arbitraries.of(
            IntensityNormalizations.zScore(),
            IntensityNormalizations.nonCt(),
            IntensityNormalizations.clipPercentiles(0.5, 99.5)
                .then(IntensityNormalizations.zScore()),
            IntensityNormalizations.clipPercentiles(0.5, 99.5));
    Arbitrary<IntensityStatistics> statistics =
        Arbitraries.of(0.0, 1.0).map(m -> IntensityStatistics.builder().mean(m).build());
    return Combinators.combine(how, Arbitraries.of(true, false), statistics)
        .as(Recipe.ChannelRecipe::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(2);
  }

  private static Arbitrary<List<PreprocessingStep>> steps() {
    Arbitrary<PreprocessingStep> own =
        Arbitraries.of("a", "a] | 3 [b", "a | NormalizeStep[]", "1", "a]").map(StepsOf::name);
    Arbitrary<PreprocessingStep> builtIn =
        Arbitraries.of(
            PreprocessingSteps.normalize(),
            PreprocessingSteps.resample(),
            PreprocessingSteps.resample(GridRules.shortEdge(512)),
            PreprocessingSteps.resample(GridRules.shortEdge(768)),
            PreprocessingSteps.replaceNaN());
    return Arbitraries.oneOf(own, builtIn).list().ofMaxSize(3);
  }

  /** One lambda for all names, so that recipes are equal if their names are. */
  private static final class StepsOf {
    private static final PreprocessingStep NOTHING = state -> state;

    static PreprocessingStep name(String name) {
      return PreprocessingSteps.named(name, NOTHING);
    }
  }

  @Property(tries = 1000)
  void recipesShareAFolderExactlyIfTheyPrepareTheSame(
      @ForAll("recipes") Recipe one, @ForAll("recipes") Recipe other) {
    assertThat(STORE.text(one, LABELS).equals(STORE.text(other, LABELS)))
        .isEqualTo(one.equals(other));
    assertThat(
            STORE.forRecipe(one, LABELS).folder().equals(STORE.forRecipe(other, LABELS).folder()))
        .isEqualTo(one.equals(other));
  }

  @Property(tries = 200)
  void howProbabilitiesComeBackDoesNotMatter(@ForAll("recipes") Recipe recipe) {
    Recipe other = recipe.toBuilder().probabilityResampling((source, target) -> source).build();
    assertThat(STORE.forRecipe(other, LABELS).folder())
        .isEqualTo(STORE.forRecipe(recipe, LABELS).folder());
  }

  @Property(tries = 200)
  void eachPartOfARecipeMatters(@ForAll("recipes") Recipe recipe) {
    for (Recipe other :
        List.of(
            recipe.toBuilder().axisOrder(List.of(2, 1, 0)).build(),
            recipe.toBuilder().targetSpacing(Spacing.millimetres(2, 1, 1)).build(),
            recipe.toBuilder().normalization(0, IntensityNormalizations.none()).build(),
            recipe.toBuilder().imageResampling(Resamplings.linear()).build(),
            recipe.toBuilder().labelResampling(LabelResamplings.linear()).build(),
            recipe.toBuilder().steps(List.of(StepsOf.name("other"))).build())) {
      assertThat(STORE.text(other, LABELS)).isNotEqualTo(STORE.text(recipe, LABELS));
    }
    assertThat(STORE.text(recipe, Labels.of("organ"))).isNotEqualTo(STORE.text(recipe, LABELS));
    assertThat(STORE.withKey("mine/1").text(recipe, LABELS))
        .isNotEqualTo(STORE.text(recipe, LABELS));
  }
}
