package io.github.nnunet4j.image;

import io.github.nnunet4j.internal.Checks;
import java.util.Arrays;

/**
 * Where voxels lie: extent, spacing, and the position of the grid in the world as ITK has it.
 * Extent and spacing are (z, y, x) of rank 3; origin and direction are world coordinates (x, y, z),
 * left, posterior, superior, in millimetres.
 */
public final class Grid {
  private static final double[] NO_ORIGIN = new double[3];
  private static final double[] IDENTITY = {1, 0, 0, 0, 1, 0, 0, 0, 1};

  private final Extent extent;
  private final Spacing spacing;
  private final double[] origin;
  private final double[] direction;

  private Grid(Extent extent, Spacing spacing, double[] origin, double[] direction) {
    Checks.argument(
        extent.rank() == 3 && spacing.rank() == 3, "a grid has 3 axes: %s, %s", extent, spacing);
    Checks.argument(origin.length == 3, "an origin has 3 coordinates, not %d", origin.length);
    Checks.argument(direction.length == 9, "a direction has 9 entries, not %d", direction.length);
    this.extent = extent;
    this.spacing = spacing;
    this.origin = origin;
    this.direction = direction;
  }

  /**
   * A grid at the world's origin, axes along the world's axes.
   *
   * @param extent voxels, rank 3
   * @param spacing millimetres, rank 3
   * @return the grid
   */
  public static Grid of(Extent extent, Spacing spacing) {
    return new Grid(extent, spacing, NO_ORIGIN, IDENTITY);
  }

  /**
   * A grid of one millimetre voxels at the world's origin.
   *
   * @param z slices
   * @param y rows
   * @param x columns
   * @return the grid
   */
  public static Grid of(int z, int y, int x) {
    return of(Extent.of(z, y, x), Spacing.millimetres(1, 1, 1));
  }

  /**
   * The same grid elsewhere in the world.
   *
   * @param newOrigin world position (x, y, z) of the first voxel's centre, millimetres
   * @param newDirection direction cosines, row-major 3 x 3: column i is the world direction of
   *     image axis i, image axes counted x, y, z (ITK's matrix)
   * @return the moved grid
   */
  public Grid placed(double[] newOrigin, double[] newDirection) {
    return new Grid(
        extent, spacing, withoutNegativeZero(newOrigin), withoutNegativeZero(newDirection));
  }

  private static double[] withoutNegativeZero(double[] values) {
    return Arrays.stream(values).map(value -> value + 0.0).toArray();
  }

  /**
   * The same place with other voxel counts.
   *
   * @param newExtent rank 3
   * @return the grid
   */
  public Grid withExtent(Extent newExtent) {
    return new Grid(newExtent, spacing, origin, direction);
  }

  /**
   * The same place with another spacing.
   *
   * @param newSpacing rank 3
   * @return the grid
   */
  public Grid withSpacing(Spacing newSpacing) {
    return new Grid(extent, newSpacing, origin, direction);
  }

  /**
   * Voxel counts.
   *
   * @return (z, y, x)
   */
  public Extent extent() {
    return extent;
  }

  /**
   * Voxel distances.
   *
   * @return (z, y, x), millimetres
   */
  public Spacing spacing() {
    return spacing;
  }

  /**
   * World position of the first voxel's centre.
   *
   * @return a new array (x, y, z), millimetres
   */
  public double[] origin() {
    return origin.clone();
  }

  /**
   * Direction cosines.
   *
   * @return a new array, row-major 3 x 3, as in {@link #placed}
   */
  public double[] direction() {
    return direction.clone();
  }

  /**
   * The number of voxels.
   *
   * @return product of the extent
   */
  public long voxels() {
    return extent.voxels();
  }

  /**
   * The part of this grid that a box covers; its origin moves along.
   *
   * @param box may reach out of the grid
   * @return the grid of the box
   */
  public Grid crop(Box box) {
    double[] moved = origin.clone();
    for (int world = 0; world < 3; world++) {
      for (int axis = 0; axis < 3; axis++) {
        moved[world] += direction[3 * world + axis] * spacing.get(2 - axis) * box.from(2 - axis);
      }
    }
    return new Grid(box.size(), spacing, moved, direction);
  }

  /**
   * Whether this is the grid that the formats of 2D images give: one slice, 999 times as thick as
   * its pixels are wide (nnU-Net's convention), rather than a volume of one slice.
   *
   * @return whether the image is a picture
   */
  public boolean isPicture() {
    double pixel = Math.max(spacing.get(1), spacing.get(2));
    return extent.get(0) == 1 && spacing.get(0) >= Grids.PLANE_FACTOR * pixel * (1 - 1e-6);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Grid that
        && extent.equals(that.extent)
        && spacing.equals(that.spacing)
        && Arrays.equals(origin, that.origin)
        && Arrays.equals(direction, that.direction);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * extent.hashCode() + spacing.hashCode()) + Arrays.hashCode(origin);
  }

  @Override
  public String toString() {
    return extent
        + " voxels of "
        + spacing
        + " mm at "
        + Arrays.toString(origin)
        + " along "
        + Arrays.toString(direction);
  }
}
