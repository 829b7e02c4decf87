package io.github.nnunet4j.plan;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.internal.Checks;
import io.github.nnunet4j.internal.Settings;
import io.github.nnunet4j.network.NetworkTopology;
import io.github.nnunet4j.preprocess.PreprocessingStep;
import io.github.nnunet4j.preprocess.PreprocessingSteps;
import io.github.nnunet4j.preprocess.Recipe;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The values behind {@link Configuration} and its builder. A builder changes its own, a
 * configuration keeps a checked copy that nobody changes.
 */
final class ConfigurationSettings extends Settings<ConfigurationSettings> {
  String name;
  @Nullable String dataIdentifier;
  String preprocessor = "DefaultPreprocessor";
  @Nullable Extent patch;
  int batchSize = 2;
  boolean batchDice;
  @Nullable List<Double> medianSize;
  @Nullable Recipe recipe;
  @Nullable NetworkTopology topology;
  Optional<String> previousStage = Optional.empty();
  List<String> nextStages = List.of();
  Optional<String> inheritsFrom = Optional.empty();
  Map<String, String> extras = Map.of();

  /** What the configuration says itself; means something only if it inherits. */
  Set<ConfigurationPart> stated = EnumSet.noneOf(ConfigurationPart.class);

  ConfigurationSettings(String name) {
    this.name = name;
  }

  /** Voxels per axis as a configuration holds them. */
  static List<Double> sizes(Extent extent) {
    return Arrays.stream(extent.toArray()).mapToObj(size -> (double) size).toList();
  }

  String dataIdentifier() {
    return Objects.requireNonNullElse(dataIdentifier, name);
  }

  Extent patch() {
    return Objects.requireNonNull(patch, "patch");
  }

  List<Double> medianSize() {
    return medianSize == null ? sizes(patch()) : medianSize;
  }

  /** A name of nnU-Net's brings its steps. */
  void setPreprocessor(String value) {
    preprocessor = value;
    Recipe known = recipe;
    Optional<List<PreprocessingStep>> steps = StepWords.steps(value);
    if (known != null && steps.isPresent()) {
      recipe = known.toBuilder().steps(steps.get()).build();
    }
  }

  /** Steps bring their name, but the usual steps of a first recipe take what was named before. */
  void setRecipe(Recipe value) {
    boolean usual = recipe == null && value.steps().equals(PreprocessingSteps.v2());
    recipe = value;
    if (usual) {
      setPreprocessor(preprocessor);
    } else {
      preprocessor = StepWords.name(preprocessor, value.steps());
    }
  }

  Recipe recipe() {
    return Objects.requireNonNull(recipe, "recipe");
  }

  NetworkTopology topology() {
    return Objects.requireNonNull(topology, "topology");
  }

  /** The same values for another builder to change. */
  ConfigurationSettings copy() {
    ConfigurationSettings copy = sameFields();
    copy.stated = EnumSet.noneOf(ConfigurationPart.class);
    copy.stated.addAll(stated);
    return copy;
  }

  /** A checked copy in which everything is decided. */
  ConfigurationSettings complete() {
    ConfigurationSettings all = copy();
    Objects.requireNonNull(name, "name");
    all.dataIdentifier = dataIdentifier();
    all.patch = patch();
    Checks.positive(batchSize, "batchSize");
    all.medianSize = List.copyOf(medianSize());
    for (double size : medianSize()) {
      Checks.argument(size >= 0 && size <= Integer.MAX_VALUE, "median size %s", medianSize());
    }
    all.recipe = recipe();
    all.topology = topology();
    all.nextStages = List.copyOf(nextStages);
    all.extras = Collections.unmodifiableMap(new LinkedHashMap<>(extras));
    all.stated = inheritsFrom.isPresent() ? Set.copyOf(stated) : Set.of();
    return all;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ConfigurationSettings that && all().equals(that.all());
  }

  @Override
  public int hashCode() {
    return all().hashCode();
  }

  private List<Object> all() {
    return List.of(
        List.of(name, dataIdentifier(), preprocessor, patch(), batchSize, batchDice, medianSize()),
        List.of(recipe(), topology(), previousStage, nextStages, inheritsFrom, extras, stated));
  }
}
