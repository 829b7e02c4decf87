package io.github.nnunet4j;

import io.github.nnunet4j.dataset.Case;
import io.github.nnunet4j.dataset.CaseListener;
import io.github.nnunet4j.dataset.Dataset;
import io.github.nnunet4j.dataset.Fold;
import io.github.nnunet4j.dataset.Split;
import io.github.nnunet4j.error.PlanException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.fingerprint.Fingerprint;
import io.github.nnunet4j.infer.PredictorConfig;
import io.github.nnunet4j.plan.Configuration;
import io.github.nnunet4j.plan.Plan;
import io.github.nnunet4j.plan.PlanCodec;
import io.github.nnunet4j.preprocess.PreparedCase;
import io.github.nnunet4j.preprocess.PreparedStore;
import io.github.nnunet4j.train.TrainerConfig;
import io.github.nnunet4j.train.TrainingData;
import io.github.nnunet4j.train.VolumeValidation;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is to be trained: a data set, its fingerprint and plan, one configuration of the plan and
 * one fold of the cross-validation. An immutable value; each {@code with} gives a changed copy.
 */
public final class Experiment extends ExperimentEdits {
  private final Dataset dataset;
  private final Fingerprint fingerprint;
  private final Plan plan;
  private final ExperimentSettings settings;

  private Experiment(
      Dataset dataset, Fingerprint fingerprint, Plan plan, ExperimentSettings settings) {
    this.dataset = dataset;
    this.fingerprint = fingerprint;
    this.plan = plan;
    this.settings = settings;
    plan.configuration(settings.configuration);
    int channels = dataset.channels().size();
    if (plan.intensities().size() != channels) {
      throw new PlanException(
          new Problem(
              "plan " + plan.plansName(),
              channels + " channels, as the data set " + dataset.name() + " has",
              plan.intensities().size() + " channels",
              "Plan for this data set, or open the one that the plan was made for."));
    }
  }

  static Experiment of(Dataset dataset, Fingerprint fingerprint, Plan plan) {
    Objects.requireNonNull(dataset, "dataset");
    Objects.requireNonNull(fingerprint, "fingerprint");
    String configuration = plan.has("3d_fullres") ? "3d_fullres" : plan.names().get(0);
    return new Experiment(dataset, fingerprint, plan, new ExperimentSettings(configuration));
  }

  @Override
  Experiment with(Consumer<ExperimentSettings> edit) {
    return new Experiment(dataset, fingerprint, plan, settings.edited(edit));
  }

  /**
   * The data.
   *
   * @return the data set
   */
  public Dataset dataset() {
    return dataset;
  }

  /**
   * What the planner knew.
   *
   * @return the fingerprint
   */
  public Fingerprint fingerprint() {
    return fingerprint;
  }

  /**
   * The plan.
   *
   * @return prints as a table
   */
  public Plan plan() {
    return plan;
  }

  /**
   * The configuration to train.
   *
   * @return one of the plan's
   */
  public Configuration configuration() {
    return plan.configuration(settings.configuration);
  }

  /**
   * The fold to train.
   *
   * @return a number, or all cases
   */
  public Fold fold() {
    return settings.fold;
  }

  /**
   * A changed plan.
   *
   * @param edit from plan to plan
   * @return the experiment with it
   */
  public Experiment withPlan(UnaryOperator<Plan> edit) {
    return new Experiment(dataset, fingerprint, edit.apply(plan), settings);
  }

  /**
   * The experiment on the stage before this one in a cascade.
   *
   * @return the same data, plan and folds; empty if the configuration stands alone
   */
  public Optional<Experiment> previousStage() {
    return configuration()
        .previousStage()
        .map(
            stage ->
                with(
                    s -> {
                      s.configuration = stage;
                      s.previousRun = Optional.empty();
                    }));
  }

  Optional<Path> previousRun() {
    return settings.previousRun;
  }

  /** How the previous stage is trained; empty if it must be trained already. */
  Optional<UnaryOperator<TrainerConfig.Builder>> previousTraining() {
    return settings.previousTraining;
  }

  /**
   * The cases of the fold.
   *
   * @return ids for training and for validation
   */
  public Split split() {
    return settings.fold.split(splits(), dataset.ids());
  }

  /** Those of the strategy; none if all cases train, as too few may be there to split. */
  List<Split> splits() {
    return settings.fold.number().isPresent() ? allSplits() : List.of();
  }

  /** Those of the strategy, whatever the fold. */
  List<Split> allSplits() {
    return dataset.split(settings.folds);
  }

  PlanCodec codec() {
    return settings.codec;
  }

  int threads() {
    return settings.threads;
  }

  CaseListener listener() {
    return settings.listener;
  }

  /**
   * Prepares cases for the network, or finds them prepared.
   *
   * @param ids of the data set
   * @param folder where the store is; one subfolder per recipe, which plans of one recipe share
   * @return the cases in order
   * @throws PlanException if a strategy neither prints what it does nor has a word of the codec, so
   *     that a later start would not know its cases again
   */
  public List<PreparedCase> prepare(List<String> ids, Path folder) {
    List<Case> cases = dataset.find(ids);
    return PreparedStore.in(folder)
        .namedBy(settings.codec::words)
        .forRecipe(configuration().recipe(), dataset.labels())
        .prepare(cases, configuration().recipe(), dataset.labels(), settings.threads, listener());
  }

  /**
   * The data of a training: the fold's cases, prepared, and behind a previous stage what that has
   * predicted for them.
   *
   * @param folder of the run; prepared cases go to its {@code prepared} unless {@link
   *     #withPreparedData} says otherwise
   * @return training and validation cases
   * @throws PlanException if the plan names a preprocessor or label manager of others
   * @throws io.github.nnunet4j.error.PreprocessException if a prediction of the previous stage is
   *     missing; names case and file
   */
  public TrainingData data(Path folder) {
    PlanWords.requireKnown(plan, configuration());
    Path store = store(folder);
    Optional<EarlierStage> earlier = EarlierStage.of(this, folder);
    Split split = split();
    return new TrainingData(
        configuration(),
        dataset.labels(),
        EarlierStage.cases(earlier, prepare(split.training(), store)),
        EarlierStage.cases(earlier, prepare(split.validation(), store)));
  }

  Path store(Path folder) {
    return settings.prepared.orElse(folder.resolve("prepared"));
  }

  /**
   * Scores the held-out volumes of the fold amid a training, for {@code t -> t.validateVolumes(5,
   * experiment.volumeValidation(PredictorConfig.defaults()))}.
   *
   * @param how to predict them
   * @return the mean Dice per foreground class or region
   */
  public VolumeValidation volumeValidation(PredictorConfig how) {
    return new VolumeDice(this, how);
  }

  /**
   * Trains with nnU-Net's defaults for this configuration, edited; then predicts and scores the
   * fold's validation cases. A run folder that holds an unfinished training of the same settings is
   * resumed.
   *
   * <p>Behind a previous stage, such as {@code 3d_cascade_fullres} behind {@code 3d_lowres}, one
   * call trains both: first all folds of the previous stage, into the folder's {@code
   * previous_stage} and with the same edit unless {@link #withPreviousStage} and {@link
   * #withPreviousTraining} say otherwise. What each of its folds predicts for the cases it has not
   * seen becomes further input of this stage, so that no case comes with a prediction of a network
   * that was trained on it; this also holds if this stage trains on all cases. Validation takes the
   * same predictions.
   *
   * @param edit changes the defaults, such as {@code t -> t.epochs(50)}
   * @param folder of the run, created if missing: plan, fingerprint, splits, prepared cases,
   *     checkpoints, log, curve, validation and the model
   * @return the model of this fold, behind a previous stage with that stage's model of all folds;
   *     the folder's {@code model} joins all folds trained there
   * @throws io.github.nnunet4j.error.NnUNetException typed by what went wrong; the folder holds the
   *     last checkpoint
   */
  public TrainedModel train(UnaryOperator<TrainerConfig.Builder> edit, Path folder) {
    boolean both = settings.previousRun.isEmpty() && settings.previousTraining.isEmpty();
    Experiment all = both ? withPreviousTraining(edit) : this;
    return all.train(
        edit.apply(TrainerConfig.defaultsFor(configuration(), dataset.labels())).build(), folder);
  }

  /**
   * Trains, then predicts and scores the fold's validation cases.
   *
   * @param config how to train; a previous stage is trained as {@link #withPreviousTraining} says
   *     or must be trained already
   * @param folder of the run, as in {@link #train(UnaryOperator, Path)}
   * @return the model, as there
   */
  public TrainedModel train(TrainerConfig config, Path folder) {
    PlanWords.requireKnown(plan, configuration());
    return new Run(this, config, folder).run();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Experiment that
        && dataset.equals(that.dataset)
        && fingerprint.equals(that.fingerprint)
        && plan.equals(that.plan)
        && settings.values().equals(that.settings.values());
  }

  @Override
  public int hashCode() {
    return Objects.hash(fingerprint, plan, settings.values());
  }

  @Override
  public String toString() {
    return "Experiment on "
        + dataset.name()
        + ", "
        + settings.configuration
        + ", fold "
        + settings.fold;
  }
}
