package io.github.nnunet4j.plan;

import io.github.nnunet4j.preprocess.Recipe;
import io.github.nnunet4j.preprocess.Recipe.ChannelRecipe;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a configuration can state or inherit, each with its keys in {@code plans.json}. */
@SuppressWarnings("ImmutableEnumChecker") // all fields are in fact immutable
enum ConfigurationPart {
  DATA_IDENTIFIER(
      Configuration::dataIdentifier,
      (from, to) -> to.dataIdentifier(from.dataIdentifier()),
      "data_identifier"),
  PREPROCESSOR(
      c -> List.of(c.preprocessor(), c.recipe().steps()),
      (from, to) ->
          to.recipe(r -> r.steps(from.recipe().steps())).preprocessor(from.preprocessor()),
      "preprocessor_name",
      StepWords.KEY),
  BATCH_SIZE(Configuration::batchSize, (from, to) -> to.batchSize(from.batchSize()), "batch_size"),
  PATCH(Configuration::patch, (from, to) -> to.patch(from.patch()), "patch_size"),
  MEDIAN_SIZE(
      Configuration::medianSize,
      (from, to) -> to.medianSize(from.medianSize()),
      "median_image_size_in_voxels"),
  SPACING(
      recipe(Recipe::targetSpacing),
      (from, to) -> to.recipe(r -> r.targetSpacing(from.recipe().targetSpacing())),
      "spacing"),
  NORMALIZATIONS(
      recipe(ConfigurationPart::normalizations),
      (from, to) -> to.recipe(r -> r.channels(mixed(from.recipe(), from.recipe(), r.build()))),
      "normalization_schemes"),
  MASKS(
      recipe(ConfigurationPart::masks),
      (from, to) -> to.recipe(r -> r.channels(mixed(from.recipe(), r.build(), from.recipe()))),
      "use_mask_for_norm"),
  IMAGE_RESAMPLING(
      recipe(Recipe::imageResampling),
      (from, to) -> to.recipe(r -> r.imageResampling(from.recipe().imageResampling())),
      "resampling_fn_data",
      "resampling_fn_data_kwargs"),
  LABEL_RESAMPLING(
      recipe(Recipe::labelResampling),
      (from, to) -> to.recipe(r -> r.labelResampling(from.recipe().labelResampling())),
      "resampling_fn_seg",
      "resampling_fn_seg_kwargs"),
  PROBABILITY_RESAMPLING(
      recipe(Recipe::probabilityResampling),
      (from, to) -> to.recipe(r -> r.probabilityResampling(from.recipe().probabilityResampling())),
      "resampling_fn_probabilities",
      "resampling_fn_probabilities_kwargs"),
  TOPOLOGY(Configuration::topology, (from, to) -> to.topology(from.topology()), "architecture"),
  BATCH_DICE(Configuration::batchDice, (from, to) -> to.batchDice(from.batchDice()), "batch_dice"),
  PREVIOUS_STAGE(
      Configuration::previousStage,
      (from, to) -> to.previousStage(from.previousStage().orElse(null)),
      "previous_stage"),
  NEXT_STAGES(
      Configuration::nextStages, (from, to) -> to.nextStages(from.nextStages()), "next_stage");

  private final Function<Configuration, Object> value;
  private final BiConsumer<Configuration, Configuration.Builder> copy;
  private final List<String> keys;

  ConfigurationPart(
      Function<Configuration, Object> value,
      BiConsumer<Configuration, Configuration.Builder> copy,
      String... keys) {
    this.value = value;
    this.copy = copy;
    this.keys = List.of(keys);
  }

  Object value(Configuration configuration) {
    return value.apply(configuration);
  }

  void copy(Configuration from, Configuration.Builder to) {
    copy.accept(from, to);
  }

  /** The keys in a plans file. */
  List<String> keys() {
    return keys;
  }

  /** The parts in which two recipes differ; none if there was no recipe before. */
  static Set<ConfigurationPart> ofRecipes(@Nullable Recipe before, Recipe after) {
    EnumSet<ConfigurationPart> parts = EnumSet.noneOf(ConfigurationPart.class);
    if (before != null) {
      differ(parts, PREPROCESSOR, before.steps(), after.steps());
      differ(parts, SPACING, before.targetSpacing(), after.targetSpacing());
      differ(parts, IMAGE_RESAMPLING, before.imageResampling(), after.imageResampling());
      differ(parts, LABEL_RESAMPLING, before.labelResampling(), after.labelResampling());
      differ(
          parts,
          PROBABILITY_RESAMPLING,
          before.probabilityResampling(),
          after.probabilityResampling());
      differ(parts, NORMALIZATIONS, normalizations(before), normalizations(after));
      differ(parts, MASKS, masks(before), masks(after));
    }
    return parts;
  }

  private static void differ(
      Set<ConfigurationPart> parts, ConfigurationPart part, Object before, Object after) {
    if (!before.equals(after)) {
      parts.add(part);
    }
  }

  private static Function<Configuration, Object> recipe(Function<Recipe, Object> of) {
    return configuration -> of.apply(configuration.recipe());
  }

  private static Object normalizations(Recipe recipe) {
    return recipe.channels().stream().map(ChannelRecipe::normalization).toList();
  }

  private static Object masks(Recipe recipe) {
    return recipe.channels().stream().map(ChannelRecipe::useMask).toList();
  }

  private static List<ChannelRecipe> mixed(Recipe count, Recipe normalizations, Recipe masks) {
    return IntStream.range(0, count.channels().size())
        .mapToObj(
            i ->
                new ChannelRecipe(
                    at(normalizations, count, i).normalization(),
                    at(masks, count, i).useMask(),
                    count.channels().get(i).statistics()))
        .toList();
  }

  private static ChannelRecipe at(Recipe recipe, Recipe fallback, int channel) {
    return (channel < recipe.channels().size() ? recipe : fallback).channels().get(channel);
  }
}
