package io.github.nnunet4j.infer;

import io.github.nnunet4j.error.PredictionException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.image.Extent;
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
      throw failure("image", "at least one voxel", image.grid().extent().toString(), "Check it.");
    }
    for (int c = 0; c < channels; c++) {
      int bad = firstNotFinite(image.unsafeArray(c));
      if (bad >= 0) {
        throw notFinite(image, c, bad);
      }
    }
  }

  private static int firstNotFinite(float[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!(Math.abs(values[i]) <= Float.MAX_VALUE)) {
        return i;
      }
    }
    return -1;
  }

  private static PredictionException notFinite(Volume image, int channel, int index) {
    Extent extent = image.grid().extent();
    int nx = extent.get(2);
    int ny = extent.get(1);
    return failure(
        "channel " + channel,
        "finite voxels",
        image.unsafeArray(channel)[index]
            + " at (z, y, x) = ("
            + (index / nx / ny + ", " + index / nx % ny + ", " + index % nx)
            + ")",
        "Replace voxels without a value, for instance by the intensity of air.");
  }

  private static PredictionException failure(
      String where, String expected, String found, String next) {
    return new PredictionException(new Problem(where, expected, found, next));
  }
}
