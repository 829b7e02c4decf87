package io.github.nnunet4j;

import ai.djl.Device;
import io.github.nnunet4j.dataset.Fold;
import io.github.nnunet4j.dataset.Split;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.error.TrainingException;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.ImageFormats;
import io.github.nnunet4j.infer.PreviousLabels;
import io.github.nnunet4j.preprocess.PreparedCase;
import io.github.nnunet4j.preprocess.StageStore;
import io.github.nnunet4j.train.Checkpoint;
import io.github.nnunet4j.train.TrainerConfig;
import io.github.nnunet4j.train.TrainingCase;
import io.github.nnunet4j.train.TrainingCases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The stage before a stage of a cascade. All its folds are trained, because each case needs the
 * prediction of a network that has not seen it; if several folds hold a case out, the first counts.
 */
final class EarlierStage {
  private static final String FOLDER = "previous_stage";
  private static final String PREDICTIONS = "predicted_next_stage";

  private final Experiment next;
  private final Experiment stage;
  private final Path run;
  private final Path prepared;

  private EarlierStage(Experiment next, Experiment stage, Path folder) {
    this.next = next;
    run = next.previousRun().orElse(folder.resolve(FOLDER));
    prepared = next.store(folder);
    this.stage = stage.withPreparedData(prepared);
  }

  /** That of an experiment which runs in a folder, if it has one. */
  static Optional<EarlierStage> of(Experiment next, Path folder) {
    return next.previousStage().map(stage -> new EarlierStage(next, stage, folder));
  }

  /** Cases to train on, with what the earlier stage, if any, has predicted for them. */
  static List<TrainingCase> cases(Optional<EarlierStage> earlier, List<PreparedCase> prepared) {
    if (earlier.isEmpty()) {
      return prepared.stream().map(TrainingCases::of).toList();
    }
    StageStore store = earlier.get().predictions();
    return prepared.stream()
        .map(one -> TrainingCases.of(one, store.open(one.id(), one.restoration().networkGrid())))
        .toList();
  }

  private StageStore predictions() {
    return StageStore.in(run.resolve(PREDICTIONS).resolve(next.configuration().name()));
  }

  /** The fold that answers for each case. */
  private Map<String, Fold> folds() {
    Map<String, Fold> folds = new LinkedHashMap<>();
    List<Split> splits = next.allSplits();
    for (int f = 0; f < splits.size(); f++) {
      for (String id : splits.get(f).validation()) {
        folds.putIfAbsent(id, Fold.of(f));
      }
    }
    return folds;
  }

  private Path folder(Fold fold) {
    return run.resolve(fold.toString());
  }

  /** The label maps that the folds have predicted for the cases they hold out. */
  PreviousLabels heldOut() {
    Map<String, Fold> folds = folds();
    String ending = next.dataset().fileEnding();
    return one -> {
      Fold fold = folds.get(one.id());
      Path file = FoldValidation.file(folder(fold == null ? Fold.all() : fold), one.id(), ending);
      if (fold == null || !Files.exists(file)) {
        throw missing(
            "case " + one.id() + ", " + file,
            "the held-out prediction of " + stage.configuration().name(),
            fold == null ? "no fold that holds the case out" : "no such file",
            fold == null
                ? "Use folds that hold out every case once."
                : "Train the cascade again: what is missing is predicted again.");
      }
      return ImageFormats.forFile(file, ImageFormats.all()).readLabels(file);
    };
  }

  /** Trains what is not trained yet; everything is in its place then. */
  TrainedModel model(Device device) throws IOException {
    Optional<UnaryOperator<TrainerConfig.Builder>> training = next.previousTraining();
    Map<Fold, Map<String, Grid>> grids = grids();
    for (Map.Entry<Fold, Map<String, Grid>> fold : grids.entrySet()) {
      Experiment one = stage.withFold(fold.getKey());
      NextStage output = new NextStage(predictions(), fold.getValue());
      if (training.isPresent()) {
        TrainerConfig.Builder defaults =
            TrainerConfig.defaultsFor(stage.configuration(), stage.dataset().labels());
        new Run(one, training.get().apply(defaults).build(), run, output).run();
      } else {
        complete(one, output, device);
      }
    }
    return trained();
  }

  /** The next stage's grids, per fold the cases that it answers for. */
  private Map<Fold, Map<String, Grid>> grids() {
    Map<String, Fold> folds = folds();
    Map<Fold, Map<String, Grid>> grids = new LinkedHashMap<>();
    for (PreparedCase one : next.prepare(List.copyOf(folds.keySet()), prepared)) {
      grids
          .computeIfAbsent(
              Objects.requireNonNull(folds.get(one.id())), fold -> new LinkedHashMap<>())
          .put(one.id(), one.restoration().networkGrid());
    }
    return grids;
  }

  /** Predicts what is missing with a fold that was trained before. */
  private void complete(Experiment one, NextStage output, Device device) throws IOException {
    Path fold = folder(one.fold());
    if (!Checkpoint.isFinished(fold)) {
      throw missing(
          fold.toString(),
          "a finished training of " + stage.configuration().name(),
          Files.exists(fold) ? "none, or an unfinished one" : "no such folder",
          "Train this fold of the previous stage into "
              + run
              + ", or say by withPreviousTraining"
              + " how to train it.");
    }
    FoldValidation validation = new FoldValidation(one, fold, EarlierStage.of(one, run), output);
    if (!validation.isDone()) {
      TrainedModel all = trained();
      validation.run(all.onlyFold(one.fold().name()), device);
    }
  }

  /** The model of all folds. */
  private TrainedModel trained() throws IOException {
    Path place = run.resolve(Run.MODEL);
    TrainedModel model =
        ModelFolder.find(place, next.codec())
            .orElseThrow(
                () ->
                    missing(
                        place.toString(),
                        "the model of " + stage.configuration().name(),
                        "none",
                        "Train the previous stage into " + run + "."));
    List<String> others = new ArrayList<>();
    if (!model.plan().equals(next.plan())) {
      others.add("another plan");
    }
    if (!model.configuration().name().equals(stage.configuration().name())) {
      others.add("configuration " + model.configuration().name());
    }
    if (!model.labels().equals(next.dataset().labels())) {
      others.add("labels " + model.labels());
    }
    if (!others.isEmpty()) {
      throw missing(
          place.toString(),
          "a model of " + stage.configuration().name() + " of the plan that is to be trained",
          String.join(", ", others),
          "Name the run folder in which the previous stage of this plan was trained.");
    }
    return model;
  }

  private static TrainingException missing(
      String where, String expected, String found, String next) {
    return new TrainingException(new Problem(where, expected, found, next));
  }
}
