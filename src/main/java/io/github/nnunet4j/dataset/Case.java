package io.github.nnunet4j.dataset;

import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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

  /**
   * The files that this case is read from, so that derived data can tell whether it is still
   * current.
   *
   * @return image files, then the label file; empty if the case does not come from files
   */
  default List<Path> files() {
    return List.of();
  }
}
