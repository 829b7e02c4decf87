package io.github.nnunet4j.train;

import io.github.nnunet4j.augment.Sample;
import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Extent;
import java.util.List;

/** A prepared case as training sees it; is read by several threads at once. */
public interface TrainingCase {
  /**
   * The case id.
   *
   * @return as in the data set
   */
  String id();

  /**
   * The extent of the prepared image.
   *
   * @return (z, y, x)
   */
  Extent extent();

  /**
   * The voxels of each class, in the order of the data set's labels.
   *
   * @return may hold classes without voxels
   */
  List<ClassVoxels> classes();

  /**
   * Reads a part of image and labels, and in a cascade of the labels of the previous stage.
   *
   * @param box may reach out of the image; there the image is 0 and the labels are -1
   * @return a sample of the box's size
   */
  Sample read(Box box);
}
