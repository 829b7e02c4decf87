package io.github.nnunet4j.augment;

/** The eight voxels around one point: offsets (-1 outside of the input) and linear weights. */
final class Corners {
  final int[] offset = new int[8];
  final float[] weight = new float[8];

  /** True if every corner that counts lies outside. */
  boolean outside;

  /** The corners around voxel x of the present row. */
  void around(AffineRows rows, int x) {
    int z = rows.whole(0, x);
    int y = rows.whole(1, x);
    int i = rows.whole(2, x);
    int nz = rows.from.get(0);
    int ny = rows.from.get(1);
    int nx = rows.from.get(2);
    outside = z < -1 || z >= nz || y < -1 || y >= ny || i < -1 || i >= nx;
    if (outside) {
      return;
    }
    float fz = rows.fraction(0, x);
    float fy = rows.fraction(1, x);
    float fx = rows.fraction(2, x);
    for (int corner = 0; corner < 8; corner++) {
      int cz = z + (corner >> 2);
      int cy = y + (corner >> 1 & 1);
      int cx = i + (corner & 1);
      boolean inside = cz >= 0 && cz < nz && cy >= 0 && cy < ny && cx >= 0 && cx < nx;
      offset[corner] = inside ? (cz * ny + cy) * nx + cx : -1;
      weight[corner] =
          ((corner & 4) == 0 ? 1 - fz : fz)
              * ((corner & 2) == 0 ? 1 - fy : fy)
              * ((corner & 1) == 0 ? 1 - fx : fx);
    }
  }
}
