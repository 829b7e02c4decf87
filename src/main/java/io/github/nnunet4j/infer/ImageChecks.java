package io.github.nnunet4j.infer;

import io.github.nnunet4j.error.PredictionException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.image.Volume;

/** Whether an image can be predicted at all. */
final class ImageChecks {
  private ImageChecks() {}

  static void require(Volume image, int channels) {
    if (image.channels() != channels) {
      throw failure(
          "image",
          channels + " channels, as the network was trained with",
          String.valueOf(image.channels()),
          "Give all channels of the case, in the order of the training data.");
    }
    if (image.grid().voxels() == 0) {
      throw failure(
          "image",
          "at least one voxel",
          image.grid().extent() + " (z, y, x)",
          "Check the file that the image was read from.");
    }
    for (int c = 0; c < channels; c++) {
      image
          .notFinite(c)
          .ifPresent(
              problem -> {
                throw new PredictionException(problem);
              });
    }
  }

  private static PredictionException failure(
      String where, String expected, String found, String next) {
    return new PredictionException(new Problem(where, expected, found, next));
  }
}
