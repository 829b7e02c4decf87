package io.github.nnunet4j;

import io.github.nnunet4j.dataset.Cases;
import io.github.nnunet4j.dataset.DatasetDescription;
import io.github.nnunet4j.dataset.Fold;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.error.ModelException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.infer.Mirroring;
import io.github.nnunet4j.infer.PredictionJob;
import io.github.nnunet4j.infer.Predictor;
import io.github.nnunet4j.infer.PredictorConfig;
import io.github.nnunet4j.internal.Checks;
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
import org.jspecify.annotations.Nullable;

/**
 * A model: a plan, one of its configurations, what the data set says of channels and labels, and
 * the weights of one or more folds. Immutable; holds no native memory.
 */
public final class TrainedModel {
  private final Plan plan;
  private final String configuration;
  private final DatasetDescription dataset;
  private final List<Integer> mirrorAxes;
  private final Map<String, Weights> folds;

  private TrainedModel(Builder b) {
    plan = Objects.requireNonNull(b.plan, "plan");
    configuration = Objects.requireNonNull(b.configuration, "configuration");
    dataset = Objects.requireNonNull(b.dataset, "dataset");
    mirrorAxes = List.copyOf(b.mirrorAxes);
    folds = Collections.unmodifiableMap(new LinkedHashMap<>(b.folds));
    plan.configuration(configuration);
    int channels = dataset.channels().size();
    if (plan.intensities().size() != channels) {
      throw new ModelException(
          new Problem(
              "model",
              "a plan for " + channels + " channels, as the description of the data has",
              plan.intensities().size() + " channels",
              "Put plan and description of one data set together."));
    }
    int rank = configuration().patch().rank();
    mirrorAxes.forEach(
        axis -> Checks.argument(axis >= 0 && axis < rank, "mirror axis %s of %s axes", axis, rank));
    if (folds.isEmpty()) {
      throw new ModelException(
          new Problem("model", "the weights of at least one fold", "none", "Add a fold."));
    }
  }

  /**
   * An empty builder, for models put together by hand.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
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
   * A predictor with nnU-Net's defaults and the mirroring of the training.
   *
   * @return the caller closes it
   */
  public Predictor predictor() {
    return predictor(PredictorConfig.defaults().withMirroring(mirroring()));
  }

  /**
   * A predictor.
   *
   * @param config how to predict; see {@link #mirroring()}
   * @return the caller closes it
   * @throws io.github.nnunet4j.error.PlanException if the plan names a preprocessor or label
   *     manager of others
   */
  public Predictor predictor(PredictorConfig config) {
    PlanWords.requireKnown(plan, configuration());
    return Predictor.of(configuration(), labels(), List.copyOf(folds.values()), config);
  }

  /**
   * Predicts all images of a folder, file to file, with nnU-Net's defaults.
   *
   * @param images files as the data set has them, such as {@code CASE_0000.nii.gz}
   * @param out gets {@code CASE.nii.gz}, created if missing
   * @throws io.github.nnunet4j.error.DatasetException if the folder cannot be read or holds no case
   * @throws io.github.nnunet4j.error.PredictionException if a case cannot be predicted or written
   */
  public void predict(Path images, Path out) {
    try (Predictor predictor = predictor()) {
      predictor.predict(Cases.inFolder(images, dataset), out, PredictionJob.of(dataset));
    }
  }

  /**
   * The mirroring of the training.
   *
   * @return for {@link PredictorConfig#withMirroring}
   */
  public Mirroring mirroring() {
    return Mirroring.axes(mirrorAxes.stream().mapToInt(Integer::intValue).toArray());
  }

  /**
   * A model of the folds of both, whose logits are averaged.
   *
   * @param other of the same plan and configuration, with other folds
   * @return the joint model
   * @throws ModelException if they do not fit together
   */
  public TrainedModel withFoldsOf(TrainedModel other) {
    if (!plan.equals(other.plan) || !configuration.equals(other.configuration)) {
      throw new ModelException(
          new Problem(
              "folds to join",
              "models of one plan and configuration, " + configuration,
              other.configuration,
              "Average the logits of unlike models instead."));
    }
    Builder joint = toBuilder();
    other.folds.forEach(
        (fold, weights) -> {
          if (folds.containsKey(fold)) {
            throw new ModelException(
                new Problem(
                    "folds to join",
                    "each fold once",
                    "fold " + fold + " twice",
                    "Leave one out."));
          }
          joint.fold(fold, weights);
        });
    return joint.build();
  }

  /** Whether both are of one plan, configuration and kind of data, so that their folds fit. */
  boolean isOfOneKindWith(TrainedModel other) {
    return plan.equals(other.plan)
        && configuration.equals(other.configuration)
        && dataset.equals(other.dataset)
        && mirrorAxes.equals(other.mirrorAxes);
  }

  Weights anyWeights() {
    return folds.values().iterator().next();
  }

  /** With the fold of another model in addition, or in place of its own. */
  TrainedModel replacing(TrainedModel other) {
    Builder joint = toBuilder();
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
            .mirrorAxes(mirrorAxes);
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

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TrainedModel that
        && plan.equals(that.plan)
        && configuration.equals(that.configuration)
        && dataset.equals(that.dataset)
        && mirrorAxes.equals(that.mirrorAxes)
        && folds.equals(that.folds);
  }

  @Override
  public int hashCode() {
    return Objects.hash(plan, configuration, dataset, mirrorAxes);
  }

  @Override
  public String toString() {
    return "TrainedModel of "
        + configuration
        + ", folds "
        + folds.keySet()
        + ", "
        + plan.plansName();
  }

  /** Collects the parts of a model. */
  public static final class Builder {
    private @Nullable Plan plan;
    private @Nullable String configuration;
    private @Nullable DatasetDescription dataset;
    private List<Integer> mirrorAxes = List.of();
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
     * @throws ModelException if there are no weights
     */
    public TrainedModel build() {
      return new TrainedModel(this);
    }
  }
}
