package io.github.nnunet4j;

import io.github.nnunet4j.dataset.Case;
import io.github.nnunet4j.dataset.Dataset;
import io.github.nnunet4j.dataset.DatasetJson;
import io.github.nnunet4j.dataset.SplitsJson;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.error.TrainingException;
import io.github.nnunet4j.evaluate.Evaluation;
import io.github.nnunet4j.evaluate.Summary;
import io.github.nnunet4j.evaluate.SummaryJson;
import io.github.nnunet4j.fingerprint.FingerprintJson;
import io.github.nnunet4j.image.ImageFormat;
import io.github.nnunet4j.image.ImageFormats;
import io.github.nnunet4j.infer.PredictionJob;
import io.github.nnunet4j.infer.Predictor;
import io.github.nnunet4j.infer.PredictorConfig;
import io.github.nnunet4j.network.Weights;
import io.github.nnunet4j.train.Trainer;
import io.github.nnunet4j.train.TrainerConfig;
import io.github.nnunet4j.train.TrainingData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/** One training from prepared cases to a scored, saved model. */
final class Run {
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
      describe();
      TrainingData data = experiment.data(folder);
      TrainedModel model = train(data);
      model.save(folder.resolve("model"), experiment.codec());
      validate(model);
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
        .fold(name(), weights)
        .build();
  }

  private String name() {
    OptionalInt number = experiment.fold().number();
    return number.isPresent() ? Integer.toString(number.getAsInt()) : "all";
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
    SummaryJson.write(summary, validation.resolve("summary.json"));
  }
}
