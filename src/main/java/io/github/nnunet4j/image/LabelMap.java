package io.github.nnunet4j.image;

import io.github.nnunet4j.internal.Checks;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A label per voxel, -32768 to 32767; immutable. nnU-Net uses 0 for background, positive numbers
 * for classes and, while preparing data, -1 for voxels outside the nonzero region.
 */
public final class LabelMap {
  private final Grid grid;
  private final short[] labels;

  private LabelMap(Grid grid, short[] labels) {
    Checks.argument(
        labels.length == grid.voxels(),
        "%d labels do not fill the grid %s of %d voxels",
        labels.length,
        grid.extent(),
        grid.voxels());
    this.grid = grid;
    this.labels = labels;
  }

  /**
   * A label map of a copy of the array.
   *
   * @param grid where the voxels lie
   * @param labels (z, y, x)
   * @return the label map
   */
  public static LabelMap copyOf(Grid grid, short[] labels) {
    return new LabelMap(grid, labels.clone());
  }

  /**
   * A label map of the array itself; the caller gives it away and must not write to it again.
   *
   * @param grid where the voxels lie
   * @param labels (z, y, x)
   * @return the label map
   */
  public static LabelMap wrap(Grid grid, short[] labels) {
    return new LabelMap(grid, labels);
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
   * The label of one voxel.
   *
   * @param z slice
   * @param y row
   * @param x column
   * @return the label
   */
  public int at(int z, int y, int x) {
    return labels[Volume.index(grid.extent(), z, y, x)];
  }

  /**
   * The labels as a new array.
   *
   * @return (z, y, x)
   */
  public short[] toArray() {
    return labels.clone();
  }

  /**
   * The labels without copying, for reading only: writing to the array breaks the promise of
   * immutability.
   *
   * @return (z, y, x), shared
   */
  public short[] unsafeArray() {
    return labels;
  }

  /**
   * The distinct labels.
   *
   * @return ascending
   */
  public int[] distinct() {
    boolean[] seen = new boolean[1 << 16];
    for (short label : labels) {
      seen[label + 32768] = true;
    }
    return IntStream.range(0, seen.length).filter(i -> seen[i]).map(i -> i - 32768).toArray();
  }

  /**
   * Where a label is.
   *
   * @param label any number
   * @return (z, y, x), 1 for voxels of that label, else 0; a new array
   */
  public float[] indicator(int label) {
    float[] out = new float[labels.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = labels[i] == label ? 1 : 0;
    }
    return out;
  }

  /**
   * The same labels on another grid of equal extent.
   *
   * @param newGrid of the same extent
   * @return the label map, sharing the voxels
   */
  public LabelMap withGrid(Grid newGrid) {
    return new LabelMap(newGrid, labels);
  }

  /**
   * The part inside a box.
   *
   * @param box within the extent
   * @return a label map of the box's size
   */
  public LabelMap crop(Box box) {
    Volume.requireInside(box, grid.extent());
    short[] out = new short[Math.toIntExact(box.size().voxels())];
    Volume.copyBox(labels, grid.extent(), box, out);
    return new LabelMap(grid.crop(box), out);
  }

  /**
   * The part inside a box that may reach out of the label map or miss it.
   *
   * @param box what to take
   * @param outside the label of voxels outside of the extent
   * @return a label map of the box's size
   */
  public LabelMap padded(Box box, short outside) {
    short[] out = new short[Math.toIntExact(box.size().voxels())];
    Arrays.fill(out, outside);
    Volume.copyBox(labels, grid.extent(), box, out);
    return new LabelMap(grid.crop(box), out);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LabelMap that
        && grid.equals(that.grid)
        && Arrays.equals(labels, that.labels);
  }

  @Override
  public int hashCode() {
    return 31 * grid.hashCode() + Arrays.hashCode(labels);
  }

  @Override
  public String toString() {
    return "LabelMap, " + grid;
  }
}
