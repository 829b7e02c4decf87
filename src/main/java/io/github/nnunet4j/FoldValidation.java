package io.github.nnunet4j;

import ai.djl.Device;
import io.github.nnunet4j.dataset.Case;
import io.github.nnunet4j.evaluate.Evaluation;
import io.github.nnunet4j.evaluate.Summary;
import io.github.nnunet4j.evaluate.Summary.CaseScores;
import io.github.nnunet4j.evaluate.SummaryJson;
import io.github.nnunet4j.image.ImageFormat;
import io.github.nnunet4j.image.ImageFormats;
import io.github.nnunet4j.infer.PredictionJob;
import io.github.nnunet4j.infer.Predictor;
import io.github.nnunet4j.infer.PredictorConfig;
import io.github.nnunet4j.infer.StageLinks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Predicts and scores the held-out cases of a fold; in a cascade also for the next stage. */
final class FoldValidation {
  private final Experiment experiment;
  private final Path folder;
  private final Optional<EarlierStage> earlier;
  private final NextStage next;

  /** The validation of a fold's folder. */
  FoldValidation(Experiment experiment, Path fold, Optional<EarlierStage> earlier, NextStage next) {
    this.experiment = experiment;
    this.earlier = earlier;
    this.next = next;
    folder = folder(fold);
  }

  private static Path folder(Path fold) {
    return fold.resolve("validation");
  }

  /** The label map that a fold has predicted for a case that it holds out. */
  static Path file(Path fold, String id, String ending) {
    return folder(fold).resolve(id + ending);
  }

  private Path summary() {
    return folder.resolve("summary.json");
  }

  private List<String> ids() {
    return experiment.split().validation();
  }

  /** Whether all is written, as far as files tell. */
  boolean isDone() {
    return Files.exists(summary()) && next.holds(ids());
  }

  /** Predicts the held-out cases as files, scores them and stores the next stage's input. */
  void run(TrainedModel model, Device device) throws IOException {
    List<Case> cases = experiment.dataset().find(ids());
    if (cases.isEmpty()) {
      return;
    }
    String ending = experiment.dataset().fileEnding();
    ImageFormat format = ImageFormats.forFile(Path.of("case" + ending), ImageFormats.all());
    PredictorConfig how =
        PredictorConfig.defaults()
            .withMirroring(model.mirroring())
            .withDevice(device)
            .withThreads(experiment.threads());
    PredictionJob job = PredictionJob.of(format, ending).withListener(experiment.listener());
    StageLinks links = StageLinks.none();
    if (earlier.isPresent()) {
      links = links.withPrevious(earlier.get().heldOut());
    }
    try (Predictor predictor = model.withoutPreviousStage().predictor(how)) {
      predictor.predict(
          cases,
          folder,
          job,
          links.withLogits((one, logits) -> next.store(one.id(), predictor, logits)));
    }
    Summary summary =
        Evaluation.of(experiment.dataset().labels())
            .threads(experiment.threads())
            .cases(cases, one -> format.readLabels(folder.resolve(one.id() + ending)));
    SummaryJson.write(named(summary, ending), summary());
  }

  /** With files in place of case ids, as nnU-Net writes it. */
  private Summary named(Summary summary, String ending) {
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
                      folder.resolve(one.prediction() + ending).toString(),
                      one.scores());
                })
            .toList());
  }
}
