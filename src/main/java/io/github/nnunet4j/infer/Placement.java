package io.github.nnunet4j.infer;

import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.preprocess.Restoration;
import java.util.List;

/**
 * Where the voxels of the cropped, transposed image lie in the image itself.
 *
 * @param image grid of the whole image
 * @param axisOrder for each transposed axis, the axis of the image it takes
 * @param crop the box that was kept, in transposed axes
 */
record Placement(Grid image, List<Integer> axisOrder, Box crop) {
  static Placement of(Restoration way) {
    return new Placement(way.original(), way.axisOrder(), way.crop());
  }

  /** The distance in the image's array of neighbours along a transposed axis. */
  int stride(int axis) {
    Extent extent = image.extent();
    return switch (axisOrder.get(axis)) {
      case 0 -> extent.get(1) * extent.get(2);
      case 1 -> extent.get(2);
      default -> 1;
    };
  }

  /** The index in the image's array of the first voxel of a row along the last transposed axis. */
  int rowStart(int z, int y) {
    return (crop.z() + z) * stride(0) + (crop.y() + y) * stride(1) + crop.x() * stride(2);
  }

  /** The cropped, transposed image, as far as resampling is concerned. */
  Grid cropped() {
    Integer[] order = axisOrder.toArray(new Integer[0]);
    return Grid.of(crop.size(), image.spacing().permuted(order[0], order[1], order[2]));
  }

  /** Whether the crop is the whole image. */
  boolean isWhole() {
    return crop.size().voxels() == image.voxels();
  }
}
