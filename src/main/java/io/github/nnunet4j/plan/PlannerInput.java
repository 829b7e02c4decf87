package io.github.nnunet4j.plan;

import io.github.nnunet4j.dataset.Channel;
import io.github.nnunet4j.dataset.Dataset;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.error.PlanException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.fingerprint.Fingerprint;
import java.util.List;
import java.util.Locale;

/**
 * What a planner must know of a data set besides its fingerprint.
 *
 * @param name of the data set
 * @param channels of the images
 * @param labels what they mean
 * @param cases number of training cases
 * @param imageReaderWriter nnU-Net's word for what reads the images, such as SimpleITKIO
 */
public record PlannerInput(
    String name, List<Channel> channels, Labels labels, int cases, String imageReaderWriter) {
  /** Copies the list. */
  public PlannerInput {
    channels = List.copyOf(channels);
  }

  /**
   * The facts of a data set.
   *
   * @param dataset with its training cases
   * @return the facts
   */
  public static PlannerInput of(Dataset dataset) {
    return new PlannerInput(
        dataset.name(),
        dataset.channels(),
        dataset.labels(),
        dataset.cases().size(),
        dataset.description().readerWriter().orElseGet(() -> reader(dataset.fileEnding())));
  }

  /** Fails unless a fingerprint can be of the data set of these facts. */
  void requireFits(Fingerprint fingerprint) {
    if (fingerprint.extents().isEmpty()) {
      throw problem("fingerprint", "at least one case", "none", "Plan with the training cases.");
    }
    if (fingerprint.extents().size() != fingerprint.spacings().size()) {
      throw problem(
          "fingerprint",
          "as many spacings as extents, " + fingerprint.extents().size(),
          fingerprint.spacings().size() + " spacings",
          "Take the fingerprint again.");
    }
    for (int i = 0; i < fingerprint.extents().size(); i++) {
      int rank =
          Math.min(fingerprint.extents().get(i).rank(), fingerprint.spacings().get(i).rank());
      if (rank != 3) {
        throw problem(
            "fingerprint, case " + i,
            "three axes",
            fingerprint.extents().get(i) + " voxels of " + fingerprint.spacings().get(i) + " mm",
            "Give an image of two dimensions one slice.");
      }
    }
    if (fingerprint.intensities().size() != channels.size()) {
      throw problem(
          "fingerprint",
          "intensities of " + channels.size() + " channels",
          fingerprint.intensities().size() + " channels",
          "Take the fingerprint of this data set.");
    }
    if (cases < 1) {
      throw problem("number of training cases", "at least 1", cases + "", "Add training cases.");
    }
  }

  private static PlanException problem(String where, String expected, String found, String next) {
    return new PlanException(new Problem(where, expected, found, next));
  }

  /** nnU-Net's first reader for a file ending. */
  static String reader(String ending) {
    return switch (ending.toLowerCase(Locale.ROOT)) {
      case ".png", ".bmp", ".tif" -> "NaturalImage2DIO";
      case ".tiff" -> "Tiff3DIO";
      case ".nii" -> "NibabelIO";
      default -> "SimpleITKIO";
    };
  }
}
