package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;

/** A prepared case of which parts are read; by several threads at once. */
public interface PreparedCase {
  /**
   * The case id.
   *
   * @return as in the data set
   */
  String id();

  /**
   * The voxels of the prepared image.
   *
   * @return (z, y, x)
   */
  Extent extent();

  /**
   * The number of image channels.
   *
   * @return at least 1
   */
  int channels();

  /**
   * Where the classes are; needs no voxels to be read.
   *
   * @return empty without reference
   */
  ClassLocations classLocations();

  /**
   * How predictions come back to the image's own grid.
   *
   * @return the geometry of the preparation
   */
  Restoration restoration();

  /**
   * Reads a part of the image.
   *
   * @param box may reach out of the image; there every channel is 0
   * @return a volume of the box's size
   * @throws io.github.nnunet4j.error.PreprocessException if it cannot be read
   */
  Volume readImage(Box box);

  /**
   * Reads a part of the labels.
   *
   * @param box may reach out of the image; there the label is -1
   * @return labels of the box's size; -1 outside of the nonzero region
   * @throws io.github.nnunet4j.error.PreprocessException if there are none or they cannot be read
   */
  LabelMap readLabels(Box box);

  /**
   * A prepared case held in memory.
   *
   * @param id the case id
   * @param prepared the case
   * @return the same, to be read in parts
   */
  static PreparedCase inMemory(String id, Prepared prepared) {
    return new MemoryCase(id, prepared);
  }
}
