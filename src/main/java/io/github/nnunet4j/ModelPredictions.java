package io.github.nnunet4j;

import io.github.nnunet4j.dataset.Cases;
import io.github.nnunet4j.infer.Mirroring;
import io.github.nnunet4j.infer.PredictionJob;
import io.github.nnunet4j.infer.Predictor;
import io.github.nnunet4j.infer.PredictorConfig;
import io.github.nnunet4j.infer.PreviousLabels;
import io.github.nnunet4j.infer.StageLinks;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** What a {@link TrainedModel} predicts with: predictors, and whole folders at once. */
abstract sealed class ModelPredictions permits TrainedModel {
  /** The model itself. */
  abstract TrainedModel self();

  /**
   * A predictor with nnU-Net's defaults and the mirroring of the training.
   *
   * @return the caller closes it
   */
  public Predictor predictor() {
    return predictor(PredictorConfig.defaults().withMirroring(mirroring()));
  }

  /**
   * A predictor; runs the previous stage first if there is one.
   *
   * @param config how to predict; see {@link #mirroring()}. The previous stage mirrors as its own
   *     training did if this one does so, else as said here.
   * @return the caller closes it
   * @throws io.github.nnunet4j.error.PlanException if the plan names a preprocessor or label
   *     manager of others
   */
  public Predictor predictor(PredictorConfig config) {
    return StagePredictors.of(self(), config);
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
    predict(images, out, job -> job);
  }

  /**
   * Predicts all images of a folder, file to file, with more than label maps or not all of them.
   *
   * @param images files as the data set has them, such as {@code CASE_0000.nii.gz}
   * @param out gets {@code CASE.nii.gz} and what the job says, created if missing
   * @param edit changes the job, such as {@code job -> job.withProbabilities(true)}
   * @throws io.github.nnunet4j.error.DatasetException if the folder cannot be read or holds no case
   * @throws io.github.nnunet4j.error.PredictionException if a case cannot be predicted or written
   */
  public void predict(Path images, Path out, UnaryOperator<PredictionJob> edit) {
    try (Predictor predictor = predictor()) {
      predictor.predict(
          Cases.inFolder(images, self().dataset()),
          out,
          edit.apply(PredictionJob.of(self().dataset())));
    }
  }

  /**
   * Predicts all images of a folder with this stage of a cascade alone, file to file, from what the
   * previous stage has predicted (nnU-Net v2 {@code -prev_stage_predictions}).
   *
   * @param images files as the data set has them, such as {@code CASE_0000.nii.gz}
   * @param previous label maps of the previous stage, such as {@code CASE.nii.gz}
   * @param out gets {@code CASE.nii.gz}, created if missing
   * @throws io.github.nnunet4j.error.DatasetException if a folder cannot be read or holds no case
   * @throws io.github.nnunet4j.error.PredictionException if a case cannot be predicted or written,
   *     or lacks its label map
   */
  public void predict(Path images, Path previous, Path out) {
    PredictionJob job = PredictionJob.of(self().dataset());
    StageLinks links = StageLinks.none().withPrevious(PreviousLabels.inFolder(previous, job));
    try (Predictor predictor = self().withoutPreviousStage().predictor()) {
      predictor.predict(Cases.inFolder(images, self().dataset()), out, job, links);
    }
  }

  /**
   * The mirroring of the training.
   *
   * @return for {@link PredictorConfig#withMirroring}
   */
  public Mirroring mirroring() {
    return Mirroring.axes(self().mirrorAxes().stream().mapToInt(Integer::intValue).toArray());
  }
}
