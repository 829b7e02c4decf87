package io.github.nnunet4j.loss;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.internal.Checks;
import java.util.List;

/**
 * Sums over windows that tile a label map, for soft targets of coarse outputs.
 *
 * <p>Windows start at the first voxel, so that they are the voxels of the coarse grid. Those of
 * nnU-Net v1 ({@code nnUNetTrainerV2_softDeepSupervision}) start (window - 1) / 2 before it, which
 * shifts windows of three voxels and more against the grid of the network, and leave out what does
 * not fill the last window.
 */
final class SoftPooling {
  private static final int NOWHERE = -1;

  private final Extent output;
  private final int[][] places;

  /**
   * Windows.
   *
   * @param extent of the label maps, [z,] y, x
   * @param window voxels per axis, positive
   * @param shifted whether they start before the first voxel, as in v1
   */
  SoftPooling(Extent extent, List<Integer> window, boolean shifted) {
    Checks.argument(
        window.size() == extent.rank() && window.stream().allMatch(size -> size > 0),
        "a window has a positive size per axis of %s, not %s",
        extent,
        window);
    output = Extent.of(extent.rank(), axis -> size(extent.get(axis), window.get(axis), shifted));
    places = new int[3][];
    int first = 3 - extent.rank();
    for (int axis = 0; axis < 3; axis++) {
      places[axis] =
          axis < first
              ? new int[1]
              : places(
                  extent.get(axis - first),
                  output.get(axis - first),
                  window.get(axis - first),
                  shifted);
    }
  }

  private static int size(int voxels, int window, boolean shifted) {
    return shifted
        ? Math.max(1, (voxels + 2 * ((window - 1) / 2) - window) / window + 1)
        : (int) Math.max(1, Math.rint((double) voxels / window));
  }

  /** The window of each voxel along an axis. */
  private static int[] places(int voxels, int windows, int window, boolean shifted) {
    int before = shifted ? (window - 1) / 2 : 0;
    int[] places = new int[voxels];
    for (int i = 0; i < voxels; i++) {
      int place = (i + before) / window;
      places[i] = place < windows ? place : shifted ? NOWHERE : windows - 1;
    }
    return places;
  }

  /** The number of windows per axis. */
  Extent output() {
    return output;
  }

  /**
   * What the voxels of each window come to.
   *
   * @param voxels labels, row-major
   * @param table what a voxel counts, entry 0 for label -1 and so on
   * @return one sum per window, row-major
   */
  float[] sums(short[] voxels, float[] table) {
    float[] sums = new float[Math.toIntExact(output.voxels())];
    int rank = output.rank();
    int rows = output.get(rank - 2);
    int columns = output.get(rank - 1);
    int at = 0;
    for (int z : places[0]) {
      for (int y : places[1]) {
        int row = z == NOWHERE || y == NOWHERE ? NOWHERE : (z * rows + y) * columns;
        for (int x : places[2]) {
          float value = table[voxels[at++] + 1];
          if (row != NOWHERE && x != NOWHERE) {
            sums[row + x] += value;
          }
        }
      }
    }
    return sums;
  }
}
