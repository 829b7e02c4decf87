package io.github.nnunet4j;

import io.github.nnunet4j.dataset.Dataset;
import io.github.nnunet4j.dataset.DatasetJson;
import io.github.nnunet4j.dataset.SplitsJson;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.error.TrainingException;
import io.github.nnunet4j.fingerprint.FingerprintJson;
import io.github.nnunet4j.network.Weights;
import io.github.nnunet4j.train.Checkpoint;
import io.github.nnunet4j.train.Trainer;
import io.github.nnunet4j.train.TrainerConfig;
import io.github.nnunet4j.train.TrainingData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One training from prepared cases to a scored, saved model. */
final class Run {
  static final String MODEL = "model";

  private final Experiment experiment;
  private final TrainerConfig config;
  private final Path folder;
  private final Path fold;
  private final Optional<EarlierStage> earlier;
  private final FoldValidation validation;

  Run(Experiment experiment, TrainerConfig config, Path folder) {
    this(experiment, config, folder, NextStage.NONE);
  }

  /** A run of a stage whose predictions are the next stage's input. */
  Run(Experiment experiment, TrainerConfig config, Path folder, NextStage next) {
    this.experiment = experiment;
    this.config = config;
    this.folder = folder;
    fold = folder.resolve(experiment.fold().toString());
    earlier = EarlierStage.of(experiment, folder);
    validation = new FoldValidation(experiment, fold, earlier, next);
  }

  TrainedModel run() {
    experiment.codec().encode(experiment.plan()); // refuses before hours of training
    try {
      requireSameRun();
      boolean finished = validation.isDone() && Checkpoint.isFinished(fold);
      describe();
      Optional<TrainedModel> previous = Optional.empty();
      if (earlier.isPresent()) {
        previous = Optional.of(earlier.get().model(config.device()));
      }
      TrainedModel model = train(experiment.data(folder), previous);
      save(model);
      if (!finished) {
        validation.run(model, config.device());
      }
      return model;
    } catch (IOException e) {
      throw new TrainingException(
          new Problem(
              "run " + folder,
              "files that can be read and written",
              e.toString(),
              "Mend it and train again with the same folder: finished epochs and cases are kept."),
          e);
    }
  }

  /** A folder with trained folds takes more folds of the same plan and splits, and nothing else. */
  private void requireSameRun() throws IOException {
    if (!isBegun()) {
      return;
    }
    Path plan = folder.resolve("plans.json");
    if (Files.exists(plan) && !experiment.codec().read(plan).equals(experiment.plan())) {
      throw other(plan, "the plan that is to be trained");
    }
    Path splits = folder.resolve("splits_final.json");
    if (Files.exists(splits)
        && experiment.fold().number().isPresent()
        && !SplitsJson.read(splits).equals(experiment.splits())) {
      throw other(splits, "the splits that are to be trained");
    }
    Optional<TrainedModel> model = ModelFolder.find(folder.resolve(MODEL), experiment.codec());
    if (model.isPresent()
        && !ModelRules.areOfOneKind(
            model.get(), model(model.get().anyWeights(), Optional.empty()))) {
      throw other(folder.resolve(MODEL), "a model of the same plan, labels and mirror axes");
    }
  }

  private boolean isBegun() throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> inside = Files.list(folder)) {
      return inside
          .filter(path -> String.valueOf(path.getFileName()).startsWith("fold_"))
          .anyMatch(path -> Checkpoint.newest(path).isPresent());
    }
  }

  private static TrainingException other(Path file, String expected) {
    return new TrainingException(
        new Problem(
            file.toString(),
            expected,
            "another one, of which folds are trained here",
            "Choose another folder for this run; nothing was changed."));
  }

  /** Joins the fold to those that were trained into this folder before. */
  private void save(TrainedModel model) throws IOException {
    Path place = folder.resolve(MODEL);
    TrainedModel joint =
        ModelFolder.find(place, experiment.codec()).map(m -> m.replacing(model)).orElse(model);
    joint.saveOver(place, experiment.codec());
  }

  private void describe() throws IOException {
    Dataset dataset = experiment.dataset();
    DatasetJson.write(dataset.description(), folder.resolve("dataset.json"));
    FingerprintJson.write(experiment.fingerprint(), folder.resolve("dataset_fingerprint.json"));
    experiment.codec().write(experiment.plan(), folder.resolve("plans.json"));
    if (experiment.fold().number().isPresent()) {
      SplitsJson.write(experiment.splits(), folder.resolve("splits_final.json"));
    }
  }

  private TrainedModel train(TrainingData data, Optional<TrainedModel> previous) {
    try (Trainer trainer = Trainer.resume(data, config, fold)) {
      trainer.run();
      return model(trainer.weights(), previous);
    }
  }

  private TrainedModel model(Weights weights, Optional<TrainedModel> previous) {
    TrainedModel.Builder model = TrainedModel.builder();
    previous.ifPresent(model::previousStage);
    return model
        .plan(experiment.plan())
        .configuration(experiment.configuration().name())
        .dataset(experiment.dataset().description())
        .mirrorAxes(List.copyOf(config.mirrorAxes()))
        .fold(experiment.fold().name(), weights)
        .build();
  }
}
