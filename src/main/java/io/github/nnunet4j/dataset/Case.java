package io.github.nnunet4j.dataset;

import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import java.io.IOException;
import java.util.Optional;

/**
 * One case: an image with all channels and, for training, its reference labels. May load lazily.
 */
public interface Case {
  /**
   * The name, unique in its data set.
   *
   * @return letters, digits, dots, dashes, underscores
   */
  String id();

  /**
   * The image; all channels on one grid.
   *
   * @return channels in the order of the data set's channels
   * @throws IOException if it cannot be read
   */
  Volume image() throws IOException;

  /**
   * The reference labels.
   *
   * @return empty for a case to predict
   * @throws IOException if they cannot be read
   */
  Optional<LabelMap> labels() throws IOException;
}
