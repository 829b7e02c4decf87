package io.github.nnunet4j.image;

import io.github.nnunet4j.internal.Checks;

/**
 * A box of voxels: first voxel (inclusive) and size, per axis. The first voxel may be negative
 * where a patch reaches out of an image.
 *
 * @param z first slice
 * @param y first row
 * @param x first column
 * @param size extent of the box, rank 3
 */
public record Box(int z, int y, int x, Extent size) {
  /** Checks the rank. */
  public Box {
    Checks.argument(size.rank() == 3, "a box has 3 axes, not %d", size.rank());
  }

  /**
   * The box that covers a whole grid.
   *
   * @param extent rank 3
   * @return from the origin, of that size
   */
  public static Box whole(Extent extent) {
    return new Box(0, 0, 0, extent);
  }

  /**
   * A box from bounds.
   *
   * @param lower first voxel per axis (z, y, x)
   * @param upper one past the last voxel per axis
   * @return the box
   */
  public static Box between(int[] lower, int[] upper) {
    return new Box(
        lower[0],
        lower[1],
        lower[2],
        Extent.of(upper[0] - lower[0], upper[1] - lower[1], upper[2] - lower[2]));
  }

  /**
   * The first voxel along an axis.
   *
   * @param axis 0 = z, 1 = y, 2 = x
   * @return inclusive lower bound
   */
  public int from(int axis) {
    return axis == 0 ? z : axis == 1 ? y : x;
  }

  /**
   * One past the last voxel along an axis.
   *
   * @param axis 0 = z, 1 = y, 2 = x
   * @return exclusive upper bound
   */
  public int to(int axis) {
    return from(axis) + size.get(axis);
  }

  /**
   * Whether the box lies in a grid of that extent.
   *
   * @param extent rank 3
   * @return true if no voxel lies outside
   */
  public boolean within(Extent extent) {
    for (int axis = 0; axis < 3; axis++) {
      if (from(axis) < 0 || to(axis) > extent.get(axis)) {
        return false;
      }
    }
    return true;
  }
}
