package io.github.nnunet4j.augment;

import io.github.nnunet4j.image.Extent;

/** The eight voxels around one point: offsets (-1 outside of the input) and linear weights. */
final class Corners {
  final int[] offset = new int[8];
  final float[] weight = new float[8];

  /** True if every corner that counts lies outside. */
  boolean outside;

  private final int nz;
  private final int ny;
  private final int nx;

  Corners(Extent from) {
    nz = from.get(0);
    ny = from.get(1);
    nx = from.get(2);
  }

  /** The corners around voxel x of the present row. */
  void around(AffineRows rows, int x) {
    place(rows.whole(0, x), rows.whole(1, x), rows.whole(2, x));
    if (!outside) {
      weigh(rows.fraction(0, x), rows.fraction(1, x), rows.fraction(2, x));
    }
  }

  /** The corners around a point. */
  void around(double z, double y, double x) {
    double wholeZ = Math.floor(z);
    double wholeY = Math.floor(y);
    double wholeX = Math.floor(x);
    place((int) wholeZ, (int) wholeY, (int) wholeX);
    if (!outside) {
      weigh((float) (z - wholeZ), (float) (y - wholeY), (float) (x - wholeX));
    }
  }

  /** Whether a point lies between the centres of the edge voxels. */
  boolean within(double z, double y, double x) {
    return z >= 0 && z <= nz - 1 && y >= 0 && y <= ny - 1 && x >= 0 && x <= nx - 1;
  }

  private void place(int z, int y, int x) {
    outside = z < -1 || z >= nz || y < -1 || y >= ny || x < -1 || x >= nx;
    if (outside) {
      return;
    }
    for (int corner = 0; corner < 8; corner++) {
      int cz = z + (corner >> 2);
      int cy = y + (corner >> 1 & 1);
      int cx = x + (corner & 1);
      boolean inside = cz >= 0 && cz < nz && cy >= 0 && cy < ny && cx >= 0 && cx < nx;
      offset[corner] = inside ? (cz * ny + cy) * nx + cx : -1;
    }
  }

  private void weigh(float fz, float fy, float fx) {
    for (int corner = 0; corner < 8; corner++) {
      weight[corner] =
          ((corner & 4) == 0 ? 1 - fz : fz)
              * ((corner & 2) == 0 ? 1 - fy : fy)
              * ((corner & 1) == 0 ? 1 - fx : fx);
    }
  }
}
