package io.github.nnunet4j.plan;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.network.NetworkTopology;
import io.github.nnunet4j.preprocess.Recipe;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One way of training on a data set, such as 2d or 3d_fullres: patch, batch, preprocessing and
 * network as values (an entry of {@code configurations} in nnU-Net v2 {@code plans.json}).
 *
 * <p>A configuration may {@linkplain #inheritsFrom() inherit} from another of its plan. It still
 * holds every value; those it did not state itself follow when {@link Plan#with} changes the
 * parent, and are left out when the plan is written.
 */
public final class Configuration {
  private final ConfigurationSettings all;

  private Configuration(ConfigurationSettings settings) {
    all = settings.complete();
  }

  /**
   * An empty builder.
   *
   * @param name such as 3d_fullres
   * @return a new builder
   */
  public static Builder builder(String name) {
    return new Builder(new ConfigurationSettings(name));
  }

  /** {@return a new builder that starts from this configuration} */
  public Builder toBuilder() {
    return new Builder(all.copy());
  }

  /** {@return the name within its plan, such as 3d_fullres} */
  public String name() {
    return all.name;
  }

  /**
   * {@return the name of the prepared data, such as nnUNetPlans_3d_fullres; configurations with one
   * recipe share it}
   */
  public String dataIdentifier() {
    return all.dataIdentifier();
  }

  /**
   * {@return the name of the order of the preprocessing steps, which the recipe holds: nnU-Net's
   * (of v2 DefaultPreprocessor, of v1 GenericPreprocessor and others) where it has one,
   * StepwisePreprocessor else; a name of others is kept, but nobody trains or predicts with it}
   */
  public String preprocessor() {
    return all.preprocessor;
  }

  /**
   * {@return whether this library knows what the preprocessor's name stands for; nobody trains or
   * predicts with one of others}
   */
  public boolean hasKnownPreprocessor() {
    return preprocessor().equals(StepWords.OWN) || StepWords.steps(preprocessor()).isPresent();
  }

  /** {@return what the network sees at once: voxels of rank 2 or 3, after transposition} */
  public Extent patch() {
    return all.patch();
  }

  /** {@return whether patches are slices, of rank 2} */
  public boolean isTwoDimensional() {
    return patch().rank() == 2;
  }

  /** {@return patches per step, at least 1} */
  public int batchSize() {
    return all.batchSize;
  }

  /** {@return whether Dice counts the whole batch as one sample} */
  public boolean batchDice() {
    return all.batchDice;
  }

  /**
   * The median size of the prepared cases ({@code median_image_size_in_voxels}); of an even number
   * of cases it may end in a half.
   *
   * @return voxels per axis, as many as the patch has
   */
  public List<Double> medianSize() {
    return all.medianSize();
  }

  /** {@return the median size in whole voxels, half to even} */
  public Extent medianExtent() {
    return Extent.of(medianSize().size(), axis -> (int) Math.rint(medianSize().get(axis)));
  }

  /** {@return the preprocessing, shared by training and prediction} */
  public Recipe recipe() {
    return all.recipe();
  }

  /** {@return the network as a value that builds it} */
  public NetworkTopology topology() {
    return all.topology();
  }

  /** {@return the configuration whose predictions are further input, in a cascade} */
  public Optional<String> previousStage() {
    return all.previousStage;
  }

  /** {@return the configurations that take this one's predictions as input} */
  public List<String> nextStages() {
    return all.nextStages;
  }

  /**
   * {@return the configuration of the same plan whose values stand for all that this one does not
   * state itself}
   */
  public Optional<String> inheritsFrom() {
    return all.inheritsFrom;
  }

  /**
   * Entries of a plans file that nnunet4j has no use for. They are kept and written back.
   *
   * @return key to JSON text, without those inherited
   */
  public Map<String, String> extras() {
    return all.extras;
  }

  /** What an inheriting configuration says itself; empty if it does not inherit. */
  Set<ConfigurationPart> stated() {
    return all.stated;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Configuration that && all.equals(that.all);
  }

  @Override
  public int hashCode() {
    return all.hashCode();
  }

  @Override
  public String toString() {
    return all.name
        + ": patch "
        + patch()
        + ", batch "
        + all.batchSize
        + ", "
        + recipe()
        + ", "
        + topology();
  }

  /** Collects the parts of a configuration. */
  public static final class Builder {
    private final ConfigurationSettings all;

    private Builder(ConfigurationSettings all) {
      this.all = all;
    }

    /**
     * Sets the name.
     *
     * @param value such as 3d_fullres
     * @return this builder
     */
    public Builder name(String value) {
      all.name = value;
      return this;
    }

    /**
     * Sets the name of the prepared data.
     *
     * @param value such as nnUNetPlans_3d_fullres
     * @return this builder
     */
    public Builder dataIdentifier(String value) {
      all.dataIdentifier = value;
      return state(ConfigurationPart.DATA_IDENTIFIER);
    }

    /**
     * Sets the name of the order of the preprocessing steps. A name of nnU-Net's own brings its
     * steps into the recipe.
     *
     * @param value such as DefaultPreprocessor or GenericPreprocessor
     * @return this builder
     */
    public Builder preprocessor(String value) {
      all.setPreprocessor(value);
      return state(ConfigurationPart.PREPROCESSOR);
    }

    /**
     * Sets the patch.
     *
     * @param value rank 2 or 3
     * @return this builder
     */
    public Builder patch(Extent value) {
      all.patch = value;
      return state(ConfigurationPart.PATCH);
    }

    /**
     * Sets the batch size.
     *
     * @param value at least 1
     * @return this builder
     */
    public Builder batchSize(int value) {
      all.batchSize = value;
      return state(ConfigurationPart.BATCH_SIZE);
    }

    /**
     * Sets whether Dice counts the whole batch as one sample.
     *
     * @param value true for batch Dice
     * @return this builder
     */
    public Builder batchDice(boolean value) {
      all.batchDice = value;
      return state(ConfigurationPart.BATCH_DICE);
    }

    /**
     * Sets the median extent of the prepared cases.
     *
     * @param value rank of the patch
     * @return this builder
     */
    public Builder medianExtent(Extent value) {
      return medianSize(ConfigurationSettings.sizes(value));
    }

    /**
     * Sets the median size of the prepared cases.
     *
     * @param value voxels per axis, possibly with halves
     * @return this builder
     */
    public Builder medianSize(List<Double> value) {
      all.medianSize = value;
      return state(ConfigurationPart.MEDIAN_SIZE);
    }

    /**
     * Sets the preprocessing. A first recipe with the usual steps takes those of a preprocessor
     * named before.
     *
     * @param value a recipe
     * @return this builder
     */
    public Builder recipe(Recipe value) {
      ConfigurationPart.ofRecipes(all.recipe, value).forEach(this::state);
      all.setRecipe(value);
      return this;
    }

    /**
     * Changes the preprocessing.
     *
     * @param edit is given a builder that starts from the recipe set before
     * @return this builder
     * @throws NullPointerException if no recipe has been set
     */
    public Builder recipe(Consumer<Recipe.Builder> edit) {
      Recipe.Builder builder = all.recipe().toBuilder();
      edit.accept(builder);
      return recipe(builder.build());
    }

    /**
     * Sets the network.
     *
     * @param value a topology
     * @return this builder
     */
    public Builder topology(NetworkTopology value) {
      all.topology = value;
      return state(ConfigurationPart.TOPOLOGY);
    }

    /**
     * Sets the configuration whose predictions are further input.
     *
     * @param value its name, or null
     * @return this builder
     */
    public Builder previousStage(@Nullable String value) {
      all.previousStage = Optional.ofNullable(value);
      return state(ConfigurationPart.PREVIOUS_STAGE);
    }

    /**
     * Sets the configurations that take this one's predictions as input.
     *
     * @param value their names
     * @return this builder
     */
    public Builder nextStages(List<String> value) {
      all.nextStages = value;
      return state(ConfigurationPart.NEXT_STAGES);
    }

    /**
     * Sets the configuration whose values are inherited. From here on only what is set counts as
     * stated; see {@link Plan#inheriting} for the usual way.
     *
     * @param value its name, or null
     * @return this builder
     */
    public Builder inheritsFrom(@Nullable String value) {
      all.inheritsFrom = Optional.ofNullable(value);
      all.stated.clear();
      return this;
    }

    /**
     * Replaces the further entries of the plans file.
     *
     * @param value key to JSON text
     * @return this builder
     */
    public Builder extras(Map<String, String> value) {
      all.extras = new LinkedHashMap<>(value);
      return this;
    }

    Builder stated(Set<ConfigurationPart> parts) {
      all.stated.clear();
      all.stated.addAll(parts);
      return this;
    }

    private Builder state(ConfigurationPart part) {
      all.stated.add(part);
      return this;
    }

    /**
     * The configuration.
     *
     * @return an immutable value
     * @throws NullPointerException if patch, recipe or topology are missing
     * @throws IllegalArgumentException if the batch size or a median size is no possible number
     */
    public Configuration build() {
      return new Configuration(all);
    }
  }
}
