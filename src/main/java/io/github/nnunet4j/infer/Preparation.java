package io.github.nnunet4j.infer;

import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.preprocess.Prepared;
import io.github.nnunet4j.preprocess.Preprocessor;

/** Turns images into what the networks of one configuration take. */
@FunctionalInterface
interface Preparation {
  /** An image by itself. */
  PreparedImage of(String id, Volume image);

  /** An image with the labels that the previous stage gave. */
  default PreparedImage of(String id, Volume image, LabelMap previous) {
    throw Predictor.failure(
        "case " + id,
        "an image alone, as this configuration has no previous stage",
        "labels of a previous stage as well",
        "Predict the image without them, or with the later stage of a cascade.");
  }

  static PreparedImage of(Prepared done) {
    return new PreparedImage(done.image(), Placement.of(done.restoration()));
  }

  static Preparation of(Preprocessor preprocessor) {
    return (id, image) -> of(preprocessor.prepare(id, image));
  }
}
