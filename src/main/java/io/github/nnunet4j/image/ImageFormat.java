package io.github.nnunet4j.image;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Reads and writes one family of image files. Own formats are welcome wherever the library takes
 * one.
 */
public interface ImageFormat {
  /**
   * Whether this format is responsible for the file, judged by its name alone.
   *
   * @param file need not exist
   * @return true if {@link #read} should be tried
   */
  boolean accepts(Path file);

  /**
   * Reads an image.
   *
   * @param file an accepted file
   * @return float32 channels on the file's grid
   * @throws IOException if the file cannot be read
   * @throws io.github.nnunet4j.error.ImageException if it is absent, or its content is malformed,
   *     hostile or not supported
   */
  Volume read(Path file) throws IOException;

  /**
   * Reads a label map: integer values of one channel.
   *
   * @param file an accepted file
   * @return the labels
   * @throws IOException if the file cannot be read
   * @throws io.github.nnunet4j.error.ImageException if it is absent, or its content is malformed,
   *     hostile, not supported, or has values that are not whole numbers
   */
  LabelMap readLabels(Path file) throws IOException;

  /**
   * Writes a label map with its geometry. A single file is written atomically. Of two files that
   * belong together, such as a header and its voxels, the one that is read first is deleted first
   * and written last: others find the old image, none, or the new one, and none if writing fails.
   *
   * @param labels what to write
   * @param file an accepted file; replaced if there
   * @throws IOException if it cannot be written
   */
  void write(LabelMap labels, Path file) throws IOException;

  /**
   * Writes an image as float32 with its geometry, in the same manner. Formats that hold no float
   * images refuse.
   *
   * @param volume what to write
   * @param file an accepted file; replaced if there
   * @throws IOException if it cannot be written
   * @throws io.github.nnunet4j.error.ImageException if the format cannot hold it
   */
  default void write(Volume volume, Path file) throws IOException {
    throw Malformed.file(
        file,
        "a format that holds float images",
        "this format",
        "Write label maps with it, and images as NIfTI, MetaImage, NRRD or 3D TIFF.");
  }
}
