package io.github.nnunet4j.samples.trainers;

import io.github.nnunet4j.Experiment;
import io.github.nnunet4j.TrainedModel;
import io.github.nnunet4j.plan.Configuration;
import io.github.nnunet4j.train.TrainerConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One or several trainer classes of nnU-Net that do the same, and what one hands over instead.
 *
 * @param version whose classes they are; v1 and v2 share some names
 * @param names of the classes
 * @param difference what is not as in the reference, or why there is no expression; empty for
 *     nothing
 * @param edits the expression; empty if the class is no trainer that could be used
 */
public record TrainerRow(
    Version version, List<String> names, String difference, Optional<Edits> edits) {
  /** The two packages of the reference. */
  public enum Version {
    /** nnU-Net v1, release 1.7.1. */
    V1,
    /** nnU-Net v2, release 2.8. */
    V2
  }

  /**
   * The expression.
   *
   * @param configuration change of the network, of every stage of a cascade
   * @param training change of the settings
   * @param firstStage how the first stage of a cascade is trained; as the second if empty
   */
  public record Edits(
      UnaryOperator<Configuration> configuration,
      TrainingEdit training,
      Optional<TrainingEdit> firstStage) {}

  /**
   * Classes of v1. Until {@link #configuration} and {@link #training} say otherwise they are {@code
   * nnUNetTrainerV2}.
   *
   * @param names of the classes
   * @return a row
   */
  public static TrainerRow v1(String... names) {
    return none(Version.V1, names)
        .configuration(c -> V1.network(c))
        .training((t, experiment) -> V1.training(t));
  }

  /**
   * Classes of v2. Until {@link #configuration} and {@link #training} say otherwise they are the
   * default.
   *
   * @param names of the classes
   * @return a row
   */
  public static TrainerRow v2(String... names) {
    return none(Version.V2, names).configuration(c -> c).training((t, experiment) -> t);
  }

  /**
   * Classes that are no trainers, or that do not run in the reference.
   *
   * @param version whose classes
   * @param names of the classes
   * @return a row without expression; say why by {@link #differs}
   */
  public static TrainerRow none(Version version, String... names) {
    return new TrainerRow(version, List.of(names), "", Optional.empty());
  }

  /**
   * Sets the change of the configuration: all of it, not one on top of the default.
   *
   * @param edit from configuration to configuration
   * @return the row with it
   */
  public TrainerRow configuration(UnaryOperator<Configuration> edit) {
    TrainingEdit same = (t, experiment) -> t;
    Edits before = edits.orElse(new Edits(edit, same, Optional.empty()));
    return with(new Edits(edit, before.training, before.firstStage));
  }

  /**
   * Sets the change of the settings: all of it, not one on top of the default.
   *
   * @param edit of the builder
   * @return the row with it
   */
  public TrainerRow training(TrainingEdit edit) {
    Edits before = edits.orElse(new Edits(c -> c, edit, Optional.empty()));
    return with(new Edits(before.configuration, edit, before.firstStage));
  }

  /**
   * Sets how the first stage of a cascade is trained.
   *
   * @param edit of the builder
   * @return the row with it
   */
  public TrainerRow firstStage(TrainingEdit edit) {
    Edits before = edits.orElseThrow();
    return with(new Edits(before.configuration, before.training, Optional.of(edit)));
  }

  /**
   * Says what is not as in the reference.
   *
   * @param text part of a sentence
   * @return the row with it
   */
  public TrainerRow differs(String text) {
    return new TrainerRow(version, names, text, edits);
  }

  @Override
  public String toString() {
    return version + " " + String.join(", ", names);
  }

  private TrainerRow with(Edits changed) {
    return new TrainerRow(version, names, difference, Optional.of(changed));
  }

  /**
   * The experiment with the row's network, in its configuration and in the stage before that.
   *
   * @param experiment as planned
   * @return to be trained by {@link #settings}
   */
  public Experiment on(Experiment experiment) {
    Edits edit = edits.orElseThrow();
    Experiment changed = experiment;
    Optional<Experiment> previous = experiment.previousStage();
    if (previous.isPresent()) {
      Configuration first = edit.configuration.apply(previous.get().configuration());
      changed = changed.withPlan(plan -> plan.with(first));
      Experiment firstExperiment = changed.previousStage().orElseThrow();
      TrainingEdit training = edit.firstStage.orElse(edit.training);
      changed = changed.withPreviousTraining(t -> training.edit(t, firstExperiment));
    }
    Configuration own = edit.configuration.apply(changed.configuration());
    return changed.withPlan(plan -> plan.with(own));
  }

  /**
   * The row's settings for an experiment with the row's network.
   *
   * @param experiment as {@link #on} gave it
   * @return a builder, to which more may be said
   */
  public TrainerConfig.Builder settings(Experiment experiment) {
    return edits
        .orElseThrow()
        .training
        .edit(
            TrainerConfig.defaultsFor(experiment.configuration(), experiment.dataset().labels()),
            experiment);
  }

  /**
   * Trains as the class does.
   *
   * @param experiment as planned
   * @param folder of the run
   * @return the model
   */
  public TrainedModel train(Experiment experiment, Path folder) {
    Experiment changed = on(experiment);
    return changed.train(settings(changed).build(), folder);
  }
}
