package io.github.nnunet4j.bench;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Spacing;

/**
 * Generated label maps: n ellipsoids, one per cell of a square grid in the (y, x) plane; integer
 * arithmetic only, so that every language makes the same bits.
 */
final class SyntheticLabels {
  private SyntheticLabels() {}

  /** A map of 300x512x512 voxels. */
  static LabelMap of(int n, int shiftZ, int shiftY, int shiftX) {
    Grid grid = Grid.of(Extent.of(300, 512, 512), Spacing.millimetres(1.5, 0.8, 0.8));
    return of(grid, n, shiftZ, shiftY, shiftX);
  }

  /** A map on a grid. */
  static LabelMap of(Grid grid, int n, int shiftZ, int shiftY, int shiftX) {
    int nz = grid.extent().get(0);
    int ny = grid.extent().get(1);
    int nx = grid.extent().get(2);
    short[] labels = new short[nz * ny * nx];
    int i = 0;
    for (int z = 0; z < nz; z++) {
      for (int y = 0; y < ny; y++) {
        for (int x = 0; x < nx; x++) {
          labels[i++] = label(z - shiftZ, y - shiftY, x - shiftX, nz, ny, nx, n);
        }
      }
    }
    return LabelMap.wrap(grid, labels);
  }

  static short label(long z, long y, long x, long nz, long ny, long nx, int n) {
    long g = (long) Math.ceil(Math.sqrt(n));
    long cellY = Math.floorDiv(y * g, ny);
    long cellX = Math.floorDiv(x * g, nx);
    long cell = cellY * g + cellX;
    if (cellY < 0 || cellX < 0 || cellX >= g || cell >= n) {
      return 0;
    }
    long dy = 2 * g * y - (2 * cellY + 1) * ny;
    long dx = 2 * g * x - (2 * cellX + 1) * nx;
    long dz = 2 * z - (nz - 1);
    long distance =
        100 * (dy * dy * nx * nx + dx * dx * ny * ny) * nz * nz + 100 * dz * dz * nx * nx * ny * ny;
    return (short) (distance <= 81 * nx * nx * ny * ny * nz * nz ? cell + 1 : 0);
  }
}
