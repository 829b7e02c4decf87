package io.github.nnunet4j.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.fingerprint.IntensityStatistics;
import io.github.nnunet4j.image.Spacing;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Prepared cases of recipes that differ in anything are told apart. */
class EveryRecipeSettingTest {
  private static Recipe.ChannelRecipe channel(boolean mask, double deviation) {
    return new Recipe.ChannelRecipe(
        IntensityNormalizations.zScore(),
        mask,
        IntensityStatistics.builder().standardDeviation(deviation).build());
  }

  private static Recipe.Builder recipe() {
    return Recipe.builder()
        .targetSpacing(Spacing.millimetres(1, 1, 1))
        .channels(List.of(channel(false, 1)))
        .imageResampling(Resamplings.images())
        .labelResampling(LabelResamplings.labels())
        .probabilityResampling(Resamplings.probabilities());
  }

  private static final Map<String, UnaryOperator<Recipe.Builder>> DECISIVE = decisive();

  private static Map<String, UnaryOperator<Recipe.Builder>> decisive() {
    Map<String, UnaryOperator<Recipe.Builder>> edits = new LinkedHashMap<>();
    edits.put("axisOrder", r -> r.axisOrder(List.of(1, 0, 2)));
    edits.put("targetSpacing", r -> r.targetSpacing(Spacing.millimetres(1, 1, 1.5)));
    edits.put("channels", r -> r.channels(List.of(channel(true, 1))));
    edits.put("normalization", r -> r.normalization(0, IntensityNormalizations.ct()));
    edits.put("steps", r -> r.steps(PreprocessingSteps.v1()));
    edits.put("imageResampling", r -> r.imageResampling(Resamplings.none()));
    edits.put("labelResampling", r -> r.labelResampling(LabelResamplings.none()));
    return edits;
  }

  private static String text(Recipe.Builder recipe) {
    return PreparedStore.in(Path.of("nowhere")).text(recipe.build(), Labels.of("a"));
  }

  @Test
  void everySettingTellsPreparedCasesApart() {
    DECISIVE.forEach(
        (name, edit) ->
            assertThat(text(edit.apply(recipe()))).as(name).isNotEqualTo(text(recipe())));
    assertThat(text(recipe().channels(List.of(channel(false, 2))))).isNotEqualTo(text(recipe()));
    assertThat(text(recipe().probabilityResampling(Resamplings.none()))).isEqualTo(text(recipe()));
  }

  @Test
  void noSettingIsForgottenHere() {
    TreeSet<String> tested = new TreeSet<>(DECISIVE.keySet());
    tested.add("probabilityResampling");
    assertThat(
            Arrays.stream(Recipe.Builder.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .map(java.lang.reflect.Method::getName)
                .filter(name -> !name.equals("build")))
        .as("settings of a recipe; add a new one to this test")
        .containsExactlyInAnyOrderElementsOf(tested);
  }
}
