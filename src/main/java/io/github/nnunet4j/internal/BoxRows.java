package io.github.nnunet4j.internal;

/**
 * The rows of a box that lie inside of an image, and where they go in an array of the box. The box
 * may reach out of the image or miss it.
 */
public final class BoxRows {
  private final int[] extent;
  private final int[] start;
  private final int[] size;
  private final int[] from = new int[3];
  private final int[] to = new int[3];

  /**
   * The rows of a box.
   *
   * @param extent voxels of the image (z, y, x)
   * @param start first voxel of the box
   * @param size voxels of the box
   */
  public BoxRows(int[] extent, int[] start, int[] size) {
    this.extent = extent.clone();
    this.start = start.clone();
    this.size = size.clone();
    for (int axis = 0; axis < 3; axis++) {
      from[axis] = Math.max(0, start[axis]);
      to[axis] = (int) Math.min(extent[axis], (long) start[axis] + size[axis]);
    }
  }

  /** One row: first voxel in the image, first voxel in the box, voxels. */
  @FunctionalInterface
  public interface Row {
    /** Takes the row. */
    void take(int at, int into, int n);
  }

  /** Voxels of the box. */
  public int size() {
    return Math.multiplyExact(Math.multiplyExact(size[0], size[1]), size[2]);
  }

  /** Whether the box misses the image. */
  public boolean isEmpty() {
    return to[0] <= from[0] || to[1] <= from[1] || to[2] <= from[2];
  }

  /** Copies all rows from an array of the image into one of the box, both of one type. */
  public void copy(Object image, Object box) {
    for (int z = firstSlice(); z < endSlice(); z++) {
      slice(z, (at, into, n) -> System.arraycopy(image, at, box, into, n));
    }
  }

  /** The rows of one slice of the image. */
  public void slice(int z, Row row) {
    if (isEmpty()) {
      return;
    }
    for (int y = from[1]; y < to[1]; y++) {
      int at = (z * extent[1] + y) * extent[2] + from[2];
      int into = ((z - start[0]) * size[1] + y - start[1]) * size[2] + from[2] - start[2];
      row.take(at, into, to[2] - from[2]);
    }
  }

  /** The first slice of the image that the box covers. */
  public int firstSlice() {
    return from[0];
  }

  /** One past the last slice of the image that the box covers; the first if it misses it. */
  public int endSlice() {
    return isEmpty() ? from[0] : to[0];
  }

  /** The first voxel of the image in a slice that the box covers. */
  public int spanStart(int z) {
    return (z * extent[1] + from[1]) * extent[2] + from[2];
  }

  /** Voxels from the first to the last of a slice that the box covers, in file order. */
  public int spanLength() {
    return (to[1] - from[1] - 1) * extent[2] + to[2] - from[2];
  }
}
