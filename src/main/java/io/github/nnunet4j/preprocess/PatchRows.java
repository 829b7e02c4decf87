package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Extent;

/** The rows of a box that lie inside of an image, and where they go in an array of the box. */
final class PatchRows {
  private final Extent extent;
  private final Box box;
  private final int[] from = new int[3];
  private final int[] to = new int[3];

  PatchRows(Extent extent, Box box) {
    this.extent = extent;
    this.box = box;
    for (int axis = 0; axis < 3; axis++) {
      from[axis] = Math.max(0, box.from(axis));
      to[axis] = Math.min(extent.get(axis), box.to(axis));
    }
  }

  /** One row: first voxel in the image, first voxel in the box, voxels. */
  @FunctionalInterface
  interface Row {
    void take(int at, int into, int n);
  }

  int size() {
    return Math.toIntExact(box.size().voxels());
  }

  void forEach(Row row) {
    for (int z = from[0]; z < to[0]; z++) {
      slice(z, row);
    }
  }

  /** The rows of one slice of the image. */
  void slice(int z, Row row) {
    int n = to[2] - from[2];
    if (n <= 0) {
      return;
    }
    for (int y = from[1]; y < to[1]; y++) {
      int at = (z * extent.get(1) + y) * extent.get(2) + from[2];
      int into =
          ((z - box.z()) * box.size().get(1) + y - box.y()) * box.size().get(2) + from[2] - box.x();
      row.take(at, into, n);
    }
  }

  int firstSlice() {
    return from[0];
  }

  int endSlice() {
    return isEmpty() ? from[0] : to[0];
  }

  /** The first voxel of the image in a slice that the box covers. */
  int spanStart(int z) {
    return (z * extent.get(1) + from[1]) * extent.get(2) + from[2];
  }

  /** Voxels from the first to the last of a slice that the box covers, in file order. */
  int spanLength() {
    return (to[1] - from[1] - 1) * extent.get(2) + to[2] - from[2];
  }

  private boolean isEmpty() {
    return to[1] <= from[1] || to[2] <= from[2];
  }
}
