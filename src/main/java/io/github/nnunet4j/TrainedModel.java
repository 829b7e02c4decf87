package io.github.nnunet4j;

import io.github.nnunet4j.dataset.DatasetDescription;
import io.github.nnunet4j.dataset.Fold;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.error.ModelException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.network.Weights;
import io.github.nnunet4j.plan.Configuration;
import io.github.nnunet4j.plan.Plan;
import io.github.nnunet4j.plan.PlanCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A model: a plan, one of its configurations, what the data set says of channels and labels, and
 * the weights of one or more folds. Immutable; holds no native memory.
 */
public final class TrainedModel extends ModelPredictions {
  private final Plan plan;
  private final String configuration;
  private final DatasetDescription dataset;
  private final List<Integer> mirrorAxes;
  private final Map<String, Weights> folds;
  private final Optional<TrainedModel> previousStage;

  private TrainedModel(Builder b) {
    plan = Objects.requireNonNull(b.plan, "plan");
    configuration = Objects.requireNonNull(b.configuration, "configuration");
    dataset = Objects.requireNonNull(b.dataset, "dataset");
    mirrorAxes = List.copyOf(b.mirrorAxes);
    folds = Collections.unmodifiableMap(new LinkedHashMap<>(b.folds));
    previousStage = Optional.ofNullable(b.previousStage);
    ModelRules.require(this);
  }

  /**
   * An empty builder, for models put together by hand.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  TrainedModel self() {
    return this;
  }

  /**
   * The plan.
   *
   * @return with all its configurations
   */
  public Plan plan() {
    return plan;
  }

  /**
   * The configuration of this model's networks.
   *
   * @return one of the plan's
   */
  public Configuration configuration() {
    return plan.configuration(configuration);
  }

  /**
   * What the data set said of itself.
   *
   * @return channels, labels, file ending
   */
  public DatasetDescription dataset() {
    return dataset;
  }

  /**
   * What the labels of a prediction mean.
   *
   * @return the labels of the data set
   */
  public Labels labels() {
    return dataset.labels();
  }

  /**
   * The axes that were mirrored in training and may be in prediction.
   *
   * @return axes of the patch, 0 is the slowest
   */
  public List<Integer> mirrorAxes() {
    return mirrorAxes;
  }

  /**
   * The weights by fold.
   *
   * @return fold number or "all" to weights
   */
  public Map<String, Weights> folds() {
    return folds;
  }

  /**
   * The weights of a model of one fold, such as for {@code InitialWeights.of(model.weights())}.
   *
   * @return those of its only fold
   * @throws ModelException if it has several folds; {@link #folds} gives each
   */
  public Weights weights() {
    if (folds.size() != 1) {
      throw new ModelException(
          new Problem(
              "model of " + configuration,
              "one fold",
              "the folds " + folds.keySet(),
              "Choose one: model.folds().get(\"" + folds.keySet().iterator().next() + "\")."));
    }
    return anyWeights();
  }

  /**
   * The model of the stage before this one in a cascade.
   *
   * @return empty if this one stands alone, or is given the labels of the previous stage with each
   *     image
   */
  public Optional<TrainedModel> previousStage() {
    return previousStage;
  }

  /**
   * This stage by itself: its predictors run no previous stage but are given its labels.
   *
   * @return the model without the previous stage's
   */
  public TrainedModel withoutPreviousStage() {
    return toBuilder().previousStage(null).build();
  }

  /**
   * A model of the folds of both, whose logits are averaged.
   *
   * @param other of the same plan and configuration, with other folds
   * @return the joint model
   * @throws ModelException if they do not fit together
   */
  public TrainedModel withFoldsOf(TrainedModel other) {
    ModelRules.requireJoinable(this, other);
    return replacing(other);
  }

  Weights anyWeights() {
    return folds.values().iterator().next();
  }

  /** With one of its folds alone. */
  TrainedModel onlyFold(String fold) {
    Builder one = toBuilder();
    one.folds.keySet().retainAll(List.of(fold));
    return one.build();
  }

  /** With the fold of another model in addition, or in place of its own; its previous stage. */
  TrainedModel replacing(TrainedModel other) {
    Builder joint = toBuilder().previousStage(other.previousStage.orElse(null));
    other.folds.forEach(joint::fold);
    return joint.build();
  }

  /** Writes over the model of the same kind that a folder holds. */
  void saveOver(Path folder, PlanCodec codec) throws IOException {
    ModelFolder.overwrite(this, configuration, folder, codec);
  }

  private Builder toBuilder() {
    Builder builder =
        new Builder()
            .plan(plan)
            .configuration(configuration)
            .dataset(dataset)
            .mirrorAxes(mirrorAxes)
            .previousStage(previousStage.orElse(null));
    folds.forEach(builder::fold);
    return builder;
  }

  /**
   * Writes a model folder: a manifest, plan and data set as JSON, weights as safetensors; no code,
   * no class names.
   *
   * @param folder created if missing; must not hold another model
   * @throws io.github.nnunet4j.error.PlanException if the plan has a strategy without words;
   *     nothing is written then
   * @throws IOException if it cannot be written
   */
  public void save(Path folder) throws IOException {
    save(folder, PlanCodec.standard());
  }

  /**
   * Writes a model folder.
   *
   * @param folder created if missing; must not hold another model
   * @param codec that knows the strategies of the plan
   * @throws io.github.nnunet4j.error.PlanException if the plan has a strategy without words;
   *     nothing is written then
   * @throws IOException if it cannot be written
   */
  public void save(Path folder, PlanCodec codec) throws IOException {
    ModelFolder.write(this, configuration, folder, codec);
  }

  private List<Object> all() {
    return List.of(plan, configuration, dataset, mirrorAxes, folds, previousStage);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TrainedModel that && all().equals(that.all());
  }

  @Override
  public int hashCode() {
    return all().hashCode();
  }

  @Override
  public String toString() {
    return "TrainedModel of "
        + configuration
        + ", folds "
        + folds.keySet()
        + ", "
        + plan.plansName()
        + previousStage.map(stage -> ", behind a " + stage).orElse("");
  }

  /** Collects the parts of a model. */
  public static final class Builder {
    private @Nullable Plan plan;
    private @Nullable String configuration;
    private @Nullable DatasetDescription dataset;
    private List<Integer> mirrorAxes = List.of();
    private @Nullable TrainedModel previousStage;
    private final Map<String, Weights> folds = new LinkedHashMap<>();

    private Builder() {}

    /**
     * Sets the plan.
     *
     * @param value the plan
     * @return this builder
     */
    public Builder plan(Plan value) {
      plan = value;
      return this;
    }

    /**
     * Sets the configuration.
     *
     * @param name one of the plan's
     * @return this builder
     */
    public Builder configuration(String name) {
      configuration = name;
      return this;
    }

    /**
     * Sets what the data set says of itself.
     *
     * @param value channels, labels, file ending
     * @return this builder
     */
    public Builder dataset(DatasetDescription value) {
      dataset = value;
      return this;
    }

    /**
     * Sets the axes that prediction may mirror.
     *
     * @param axes of the patch, 0 is the slowest
     * @return this builder
     */
    public Builder mirrorAxes(List<Integer> axes) {
      mirrorAxes = axes;
      return this;
    }

    /**
     * Sets the model of the stage before this one in a cascade.
     *
     * @param value of the same plan and labels; null if its labels are given with each image
     * @return this builder
     */
    public Builder previousStage(@Nullable TrainedModel value) {
      previousStage = value;
      return this;
    }

    /**
     * Adds the weights of a fold.
     *
     * @param fold number or "all"
     * @param weights of a network of the configuration
     * @return this builder
     * @throws IllegalArgumentException if the fold is neither a number nor "all"
     */
    public Builder fold(String fold, Weights weights) {
      folds.put(Fold.parse(fold).name(), Objects.requireNonNull(weights, "weights"));
      return this;
    }

    /**
     * The model.
     *
     * @return an immutable value
     * @throws ModelException if there are no weights, or the parts do not fit together
     */
    public TrainedModel build() {
      return new TrainedModel(this);
    }
  }
}
