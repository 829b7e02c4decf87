package io.github.nnunet4j;

import io.github.nnunet4j.dataset.Case;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.error.TrainingException;
import io.github.nnunet4j.evaluate.Evaluation;
import io.github.nnunet4j.evaluate.Summary;
import io.github.nnunet4j.infer.Predictor;
import io.github.nnunet4j.infer.PredictorConfig;
import io.github.nnunet4j.infer.PreviousLabels;
import io.github.nnunet4j.network.Weights;
import io.github.nnunet4j.train.Progress;
import io.github.nnunet4j.train.VolumeValidation;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Predicts the held-out cases of an experiment's fold and scores them, in memory. */
record VolumeDice(Experiment experiment, PredictorConfig how) implements VolumeValidation {
  VolumeDice {
    Objects.requireNonNull(how, "how");
  }

  @Override
  public List<Double> dice(Progress progress, Weights weights) {
    List<Case> cases = experiment.dataset().find(experiment.split().validation());
    if (cases.isEmpty()) {
      return List.of();
    }
    Labels labels = experiment.dataset().labels();
    Optional<PreviousLabels> previous = previous();
    try (Predictor predictor =
        Predictor.of(experiment.configuration(), labels, List.of(weights), how)) {
      Summary summary =
          Evaluation.of(labels)
              .threads(1)
              .cases(
                  cases,
                  one ->
                      previous.isPresent()
                          ? predictor.predict(one.image(), previous.get().of(one))
                          : predictor.predict(one.image()));
      return labels.targets().stream()
          .map(target -> Objects.requireNonNull(summary.mean().get(target)).dice())
          .toList();
    }
  }

  /** What the previous stage has predicted; a training knows only a named run of it. */
  private Optional<PreviousLabels> previous() {
    Optional<Path> run = experiment.previousRun();
    if (experiment.configuration().previousStage().isPresent() && run.isEmpty()) {
      throw new TrainingException(
          new Problem(
              "validation of volumes, " + experiment,
              "a named run of " + experiment.configuration().previousStage().get(),
              "none",
              "Name its folder by withPreviousStage, and how to train it by"
                  + " withPreviousTraining."));
    }
    return run.flatMap(folder -> EarlierStage.of(experiment, folder)).map(EarlierStage::heldOut);
  }

  @Override
  public String toString() {
    return "volumes of " + experiment + ", " + how.mirroring();
  }
}
