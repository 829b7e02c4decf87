package io.github.nnunet4j.plan;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.internal.Checks;
import io.github.nnunet4j.network.NetworkTopology;
import io.github.nnunet4j.preprocess.Recipe;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One way of training on a data set, such as 2d or 3d_fullres: patch, batch, preprocessing and
 * network as values (an entry of {@code configurations} in nnU-Net v2 {@code plans.json}).
 */
public final class Configuration {
  private final String name;
  private final String dataIdentifier;
  private final Extent patch;
  private final int batchSize;
  private final boolean batchDice;
  private final Extent medianExtent;
  private final Recipe recipe;
  private final NetworkTopology topology;
  private final Optional<String> previousStage;
  private final List<String> nextStages;

  private Configuration(Builder b) {
    name = Objects.requireNonNull(b.name, "name");
    dataIdentifier = Objects.requireNonNullElse(b.dataIdentifier, name);
    patch = Objects.requireNonNull(b.patch, "patch");
    batchSize = Checks.positive(b.batchSize, "batchSize");
    batchDice = b.batchDice;
    medianExtent = Objects.requireNonNullElse(b.medianExtent, patch);
    recipe = Objects.requireNonNull(b.recipe, "recipe");
    topology = Objects.requireNonNull(b.topology, "topology");
    previousStage = Optional.ofNullable(b.previousStage);
    nextStages = List.copyOf(b.nextStages);
  }

  /**
   * An empty builder.
   *
   * @param name such as 3d_fullres
   * @return a new builder
   */
  public static Builder builder(String name) {
    return new Builder().name(name);
  }

  /**
   * A builder that starts from this configuration.
   *
   * @return a new builder
   */
  public Builder toBuilder() {
    return new Builder()
        .name(name)
        .dataIdentifier(dataIdentifier)
        .patch(patch)
        .batchSize(batchSize)
        .batchDice(batchDice)
        .medianExtent(medianExtent)
        .recipe(recipe)
        .topology(topology)
        .previousStage(previousStage.orElse(null))
        .nextStages(nextStages);
  }

  /**
   * The name within its plan.
   *
   * @return such as 3d_fullres
   */
  public String name() {
    return name;
  }

  /**
   * The name of the prepared data; configurations with one recipe share it.
   *
   * @return such as nnUNetPlans_3d_fullres
   */
  public String dataIdentifier() {
    return dataIdentifier;
  }

  /**
   * What the network sees at once.
   *
   * @return voxels of rank 2 or 3, after transposition
   */
  public Extent patch() {
    return patch;
  }

  /**
   * Whether patches are slices.
   *
   * @return true if the patch has rank 2
   */
  public boolean isTwoDimensional() {
    return patch.rank() == 2;
  }

  /**
   * Patches per step.
   *
   * @return at least 1
   */
  public int batchSize() {
    return batchSize;
  }

  /**
   * Whether Dice counts the whole batch as one sample.
   *
   * @return the plan's batch_dice
   */
  public boolean batchDice() {
    return batchDice;
  }

  /**
   * The median extent of the prepared cases ({@code median_image_size_in_voxels}).
   *
   * @return rank of the patch
   */
  public Extent medianExtent() {
    return medianExtent;
  }

  /**
   * The preprocessing.
   *
   * @return a value shared by training and prediction
   */
  public Recipe recipe() {
    return recipe;
  }

  /**
   * The network.
   *
   * @return a value that builds it
   */
  public NetworkTopology topology() {
    return topology;
  }

  /**
   * The configuration whose predictions are further input (a cascade).
   *
   * @return its name
   */
  public Optional<String> previousStage() {
    return previousStage;
  }

  /**
   * The configurations that take this one's predictions as input.
   *
   * @return their names
   */
  public List<String> nextStages() {
    return nextStages;
  }

  private List<Object> all() {
    return List.of(
        List.of(name, dataIdentifier, patch, batchSize, batchDice, medianExtent),
        List.of(recipe, topology, previousStage, nextStages));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Configuration that && all().equals(that.all());
  }

  @Override
  public int hashCode() {
    return all().hashCode();
  }

  @Override
  public String toString() {
    return "Configuration" + all();
  }

  /** Collects the parts of a configuration. */
  public static final class Builder {
    private @Nullable String name;
    private @Nullable String dataIdentifier;
    private @Nullable Extent patch;
    private int batchSize = 2;
    private boolean batchDice;
    private @Nullable Extent medianExtent;
    private @Nullable Recipe recipe;
    private @Nullable NetworkTopology topology;
    private @Nullable String previousStage;
    private List<String> nextStages = List.of();

    private Builder() {}

    /**
     * Sets the name.
     *
     * @param value such as 3d_fullres
     * @return this builder
     */
    public Builder name(String value) {
      name = value;
      return this;
    }

    /**
     * Sets the name of the prepared data.
     *
     * @param value such as nnUNetPlans_3d_fullres
     * @return this builder
     */
    public Builder dataIdentifier(String value) {
      dataIdentifier = value;
      return this;
    }

    /**
     * Sets the patch.
     *
     * @param value rank 2 or 3
     * @return this builder
     */
    public Builder patch(Extent value) {
      patch = value;
      return this;
    }

    /**
     * Sets the batch size.
     *
     * @param value at least 1
     * @return this builder
     */
    public Builder batchSize(int value) {
      batchSize = value;
      return this;
    }

    /**
     * Sets whether Dice counts the whole batch as one sample.
     *
     * @param value true for batch Dice
     * @return this builder
     */
    public Builder batchDice(boolean value) {
      batchDice = value;
      return this;
    }

    /**
     * Sets the median extent of the prepared cases.
     *
     * @param value rank of the patch
     * @return this builder
     */
    public Builder medianExtent(Extent value) {
      medianExtent = value;
      return this;
    }

    /**
     * Sets the preprocessing.
     *
     * @param value a recipe
     * @return this builder
     */
    public Builder recipe(Recipe value) {
      recipe = value;
      return this;
    }

    /**
     * Sets the network.
     *
     * @param value a topology
     * @return this builder
     */
    public Builder topology(NetworkTopology value) {
      topology = value;
      return this;
    }

    /**
     * Sets the configuration whose predictions are further input.
     *
     * @param value its name, or null
     * @return this builder
     */
    public Builder previousStage(@Nullable String value) {
      previousStage = value;
      return this;
    }

    /**
     * Sets the configurations that take this one's predictions as input.
     *
     * @param value their names
     * @return this builder
     */
    public Builder nextStages(List<String> value) {
      nextStages = value;
      return this;
    }

    /**
     * The configuration.
     *
     * @return an immutable value
     * @throws NullPointerException if name, patch, recipe or topology are missing
     */
    public Configuration build() {
      return new Configuration(this);
    }
  }
}
