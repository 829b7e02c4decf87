package io.github.nnunet4j.infer;

import io.github.nnunet4j.dataset.Case;
import io.github.nnunet4j.image.ImageFormat;
import io.github.nnunet4j.image.LabelMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the labels of the previous stage of a cascade come from, if that stage is not run along
 * (nnU-Net v2 {@code -prev_stage_predictions}). Any lambda will do.
 */
@FunctionalInterface
public interface PreviousLabels {
  /**
   * The labels of a case; asked by one thread, case by case.
   *
   * @param one the case to predict
   * @return labels on the voxels of the case's image
   * @throws IOException if they cannot be read
   */
  LabelMap of(Case one) throws IOException;

  /**
   * The files of a folder, named after their cases, as {@link Predictor#predict(java.util.List,
   * Path, PredictionJob)} writes them.
   *
   * @param folder holds the label maps
   * @param job format and file ending are those of the files
   * @return the labels; a case without file fails, naming case and file
   */
  static PreviousLabels inFolder(Path folder, PredictionJob job) {
    return inFolder(folder, job.format(), job.fileEnding());
  }

  /**
   * The files of a folder, named after their cases.
   *
   * @param folder holds the label maps
   * @param format reads them
   * @param fileEnding with its dot, such as .nii.gz
   * @return the labels; a case without file fails, naming case and file
   */
  static PreviousLabels inFolder(Path folder, ImageFormat format, String fileEnding) {
    return one -> {
      Path file = folder.resolve(one.id() + fileEnding);
      if (!Files.exists(file)) {
        throw Predictor.failure(
            "case " + one.id() + ", " + file,
            "the labels that the previous stage has predicted",
            "no such file",
            "Predict this case with the previous stage into that folder first.");
      }
      return format.readLabels(file);
    };
  }
}
