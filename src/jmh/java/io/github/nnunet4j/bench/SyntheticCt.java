package io.github.nnunet4j.bench;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.Volume;

/**
 * The generated CT of the peer scripts, voxel for voxel: a body with lungs, spine, liver, lesion.
 */
final class SyntheticCt {
  // value, label, centre (u, v, w), radius (u, v, w); radius 0: no limit along that axis; later
  // wins
  private static final int[][] PARTS = {
    {-100, 0, 0, 0, 0, 850, 600, 0},
    {40, 0, 0, 0, 0, 760, 510, 0},
    {-850, 0, -400, -50, -1000, 280, 330, 800},
    {-850, 0, 400, -50, -1000, 280, 330, 800},
    {500, 0, 0, 380, 0, 130, 130, 0},
    {110, 1, -330, -80, 350, 330, 330, 500},
    {60, 2, -400, -100, 350, 90, 100, 140},
  };

  private SyntheticCt() {}

  /** The values, divided. */
  static Volume volume(Grid grid, float divisor) {
    Extent extent = grid.extent();
    float[] values = new float[Math.toIntExact(extent.voxels())];
    int i = 0;
    for (int z = 0; z < extent.get(0); z++) {
      for (int y = 0; y < extent.get(1); y++) {
        for (int x = 0; x < extent.get(2); x++) {
          values[i++] = value(z, y, x, extent, 1, false) / divisor;
        }
      }
    }
    return Volume.wrap(grid, values);
  }

  /** Hounsfield value, or the label, of a voxel. */
  static int value(int z, int y, int x, Extent extent, int seed, boolean label) {
    int nz = extent.get(0);
    int ny = extent.get(1);
    int nx = extent.get(2);
    long[] at = {
      Math.floorDiv(1000L * (2 * x - (nx - 1)), nx),
      Math.floorDiv(1000L * (2 * y - (ny - 1)), ny),
      Math.floorDiv(1000L * (2 * z - (nz - 1)), nz)
    };
    int h = hash32((z * ny + y) * nx + x, seed);
    int noise = ((h & 255) + (h >>> 8 & 255) + (h >>> 16 & 255) + (h >>> 24) - 510) >> 3;
    int value = Math.max(-1024, -1000 + (noise >> 2));
    int found = 0;
    for (int[] part : PARTS) {
      long distance = 0;
      for (int axis = 0; axis < 3; axis++) {
        long radius = part[5 + axis];
        long offset = at[axis] - part[2 + axis];
        distance += radius == 0 ? 0 : 10000 * offset * offset / (radius * radius);
      }
      if (distance <= 10000) {
        value = part[0] + noise;
        found = part[1] != 0 ? part[1] : found;
      }
    }
    if (at[0] * at[0] + at[1] * at[1] > 1000000) {
      value = -1024;
    }
    return label ? found : value;
  }

  private static int hash32(int index, int seed) {
    int h = index + seed * 0x9E3779B9;
    h ^= h >>> 16;
    h *= 0x85EBCA6B;
    h ^= h >>> 13;
    h *= 0xC2B2AE35;
    return h ^ (h >>> 16);
  }
}
