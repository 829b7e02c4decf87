package io.github.nnunet4j.dataset;

import io.github.nnunet4j.error.DatasetException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.image.ImageFormat;
import java.util.List;
import java.util.Optional;

/** The formats that read the files of a data set. */
final class ReaderWords {
  private ReaderWords() {}

  static List<ImageFormat> formats(Optional<String> word, List<ImageFormat> own) {
    if (own.isEmpty()) {
      throw new DatasetException(
          new Problem(
              "dataset " + word.orElse("files"),
              "an ImageFormat",
              "none",
              "Pass the formats of the files."));
    }
    return own;
  }
}
