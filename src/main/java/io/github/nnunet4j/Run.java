package io.github.nnunet4j;

import io.github.nnunet4j.dataset.Case;
import io.github.nnunet4j.dataset.Dataset;
import io.github.nnunet4j.dataset.DatasetJson;
import io.github.nnunet4j.dataset.SplitsJson;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.error.TrainingException;
import io.github.nnunet4j.evaluate.Evaluation;
import io.github.nnunet4j.evaluate.Summary;
import io.github.nnunet4j.evaluate.Summary.CaseScores;
import io.github.nnunet4j.evaluate.SummaryJson;
import io.github.nnunet4j.fingerprint.FingerprintJson;
import io.github.nnunet4j.image.ImageFormat;
import io.github.nnunet4j.image.ImageFormats;
import io.github.nnunet4j.infer.PredictionJob;
import io.github.nnunet4j.infer.Predictor;
import io.github.nnunet4j.infer.PredictorConfig;
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
  private static final String MODEL = "model";

  private final Experiment experiment;
  private final TrainerConfig config;
  private final Path folder;
  private final Path fold;

  Run(Experiment experiment, TrainerConfig config, Path folder) {
    this.experiment = experiment;
    this.config = config;
    this.folder = folder;
    fold = folder.resolve(experiment.fold().toString());
  }

  TrainedModel run() {
    experiment.codec().encode(experiment.plan()); // refuses before hours of training
    try {
      requireSameRun();
      boolean finished = Files.exists(summary()) && Checkpoint.isFinished(fold);
      describe();
      TrainedModel model = train(experiment.data(folder));
      save(model);
      if (!finished) {
        validate(model);
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
    if (model.isPresent() && !model.get().isOfOneKindWith(model(model.get().anyWeights()))) {
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

  private TrainedModel train(TrainingData data) {
    try (Trainer trainer = Trainer.resume(data, config, fold)) {
      trainer.run();
      return model(trainer.weights());
    }
  }

  private TrainedModel model(Weights weights) {
    return TrainedModel.builder()
        .plan(experiment.plan())
        .configuration(experiment.configuration().name())
        .dataset(experiment.dataset().description())
        .mirrorAxes(List.copyOf(config.mirrorAxes()))
        .fold(experiment.fold().name(), weights)
        .build();
  }

  private Path summary() {
    return fold.resolve("validation/summary.json");
  }

  /** Predicts the held-out cases as files and scores them. */
  private void validate(TrainedModel model) throws IOException {
    List<Case> cases = experiment.dataset().find(experiment.split().validation());
    if (cases.isEmpty()) {
      return;
    }
    Path validation = fold.resolve("validation");
    String ending = experiment.dataset().fileEnding();
    ImageFormat format = ImageFormats.forFile(Path.of("case" + ending), ImageFormats.all());
    PredictorConfig how =
        PredictorConfig.defaults()
            .withMirroring(model.mirroring())
            .withDevice(config.device())
            .withThreads(experiment.threads());
    try (Predictor predictor = model.predictor(how)) {
      predictor.predict(
          cases, validation, PredictionJob.of(format, ending).withListener(experiment.listener()));
    }
    Summary summary =
        Evaluation.of(experiment.dataset().labels())
            .threads(experiment.threads())
            .cases(cases, one -> format.readLabels(validation.resolve(one.id() + ending)));
    SummaryJson.write(named(summary, validation, ending), summary());
  }

  /** With files in place of case ids, as nnU-Net writes it. */
  private Summary named(Summary summary, Path validation, String ending) {
    Optional<Path> references = experiment.dataset().folder().map(f -> f.resolve("labelsTr"));
    return Summary.of(
        summary.cases().stream()
            .map(
                one -> {
                  String name = one.reference() + ending;
                  Optional<Path> file =
                      references.map(f -> f.resolve(name)).filter(Files::isRegularFile);
                  return new CaseScores(
                      file.map(Path::toString).orElse(one.reference()),
                      validation.resolve(one.prediction() + ending).toString(),
                      one.scores());
                })
            .toList());
  }
}
