package io.github.nnunet4j.image;

import io.github.nnunet4j.internal.Checks;
import java.util.Arrays;

/** A yes or no per voxel; immutable. */
public final class Mask {
  private final Grid grid;
  private final boolean[] voxels;

  private Mask(Grid grid, boolean[] voxels) {
    Checks.argument(
        voxels.length == grid.voxels(),
        "%d voxels do not fill the grid %s of %d voxels",
        voxels.length,
        grid.extent(),
        grid.voxels());
    this.grid = grid;
    this.voxels = voxels;
  }

  /**
   * A mask of the array itself; the caller gives it away and must not write to it again.
   *
   * @param grid where the voxels lie
   * @param voxels (z, y, x)
   * @return the mask
   */
  public static Mask wrap(Grid grid, boolean[] voxels) {
    return new Mask(grid, voxels);
  }

  /**
   * Where the voxels lie.
   *
   * @return the grid
   */
  public Grid grid() {
    return grid;
  }

  /**
   * One voxel.
   *
   * @param z slice
   * @param y row
   * @param x column
   * @return whether it belongs to the mask
   */
  public boolean at(int z, int y, int x) {
    return voxels[Volume.index(grid.extent(), z, y, x)];
  }

  /**
   * The voxels without copying, for reading only.
   *
   * @return (z, y, x), shared
   */
  public boolean[] unsafeArray() {
    return voxels;
  }

  /**
   * The number of voxels in the mask.
   *
   * @return from 0 to the number of voxels of the grid
   */
  public int count() {
    int count = 0;
    for (boolean voxel : voxels) {
      count += voxel ? 1 : 0;
    }
    return count;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Mask that
        && grid.equals(that.grid)
        && Arrays.equals(voxels, that.voxels);
  }

  @Override
  public int hashCode() {
    return 31 * grid.hashCode() + Arrays.hashCode(voxels);
  }

  @Override
  public String toString() {
    return "Mask, " + grid;
  }
}
