package io.github.nnunet4j.dataset;

import io.github.nnunet4j.error.DatasetException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import java.io.IOException;
import java.util.Optional;

/**
 * A training case in memory: image and reference on grids of the same extent.
 *
 * @param id the case id
 * @param image all channels
 * @param labels the reference
 */
public record LoadedCase(String id, Volume image, LabelMap labels) {
  /** Checks that both have the same extent. */
  public LoadedCase {
    if (!image.grid().extent().equals(labels.grid().extent())) {
      throw problem(
          id,
          "labels of the image's extent " + image.grid().extent() + " (z, y, x)",
          labels.grid().extent().toString(),
          "Correct the label file: it must lie on the image's grid.");
    }
  }

  /**
   * Loads a training case and checks that its parts fit each other and the data set.
   *
   * @param one the case
   * @param channels how many channels its image has to have
   * @return the case in memory
   * @throws IOException if a file cannot be read
   * @throws DatasetException if the number of channels is wrong, there is no reference, or it has
   *     another extent than the image
   */
  public static LoadedCase of(Case one, int channels) throws IOException {
    Volume image = one.image();
    if (image.channels() != channels) {
      throw problem(
          one.id(),
          channels + " channels",
          image.channels() + " channels",
          "Supply the image with the channels that the data set declares.");
    }
    LabelMap labels =
        one.labels()
            .orElseThrow(
                () -> problem(one.id(), "reference labels", "none", "Training cases need labels."));
    return new LoadedCase(one.id(), image, labels);
  }

  /**
   * Checks that every voxel of the image is finite.
   *
   * @return this case
   * @throws DatasetException if a voxel is NaN or infinite
   */
  public LoadedCase requireNumbers() {
    for (int c = 0; c < image.channels(); c++) {
      refuse(image.notFinite(c));
    }
    return this;
  }

  /**
   * Checks that the reference holds no other labels than the data set declares.
   *
   * @param meaning the declared labels
   * @return this case
   * @throws DatasetException if there is another value
   */
  public LoadedCase requireDeclared(Labels meaning) {
    refuse(meaning.undeclared(labels));
    return this;
  }

  private void refuse(Optional<Problem> problem) {
    problem.ifPresent(
        p -> {
          throw new DatasetException(p.within("case " + id));
        });
  }

  private static DatasetException problem(String id, String expected, String found, String next) {
    return new DatasetException(new Problem("case " + id, expected, found, next));
  }
}
