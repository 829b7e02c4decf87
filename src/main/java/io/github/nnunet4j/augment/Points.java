package io.github.nnunet4j.augment;

import io.github.nnunet4j.image.Extent;
import java.util.Arrays;

/**
 * Where the voxels of the output lie in the input: a matrix about the two centres, after a
 * displacement of each voxel if there is one.
 */
final class Points {
  final Extent from;
  final Extent to;
  final boolean inPlane;
  private final double[] matrix;
  private final double[][] offsets;
  private final double[] shift = new double[3];

  /**
   * Offsets are given per axis (z, y, x), or (y, x) of one slice when working in the plane; an
   * empty array means that there are none.
   */
  Points(
      Extent from,
      Extent to,
      double[] matrix,
      boolean inPlane,
      double[][] offsets,
      boolean centred) {
    this.from = from;
    this.to = to;
    this.inPlane = inPlane;
    this.matrix = matrix.clone();
    this.offsets = offsets;
    for (int axis = 0; axis < 3; axis++) {
      shift[axis] = (from.get(axis) - 1) / 2.0;
    }
    if (centred && offsets.length > 0) {
      double[] mean = new double[3];
      for (int k = 0; k < offsets.length; k++) {
        double sum = 0;
        for (double offset : offsets[k]) {
          sum += offset;
        }
        mean[k + 3 - offsets.length] = sum / offsets[k].length;
      }
      for (int axis = 0; axis < 3; axis++) {
        shift[axis] -= turned(axis, mean[0], mean[1], mean[2]);
      }
    }
  }

  /** Whether rows, columns and slices of the output are such of the input, in space. */
  boolean aligned() {
    boolean diagonal = !inPlane && offsets.length == 0;
    for (int i = 0; i < 9; i++) {
      diagonal &= i % 4 == 0 || matrix[i] == 0;
    }
    return diagonal;
  }

  private double turned(int axis, double z, double y, double x) {
    return matrix[axis * 3] * z + matrix[axis * 3 + 1] * y + matrix[axis * 3 + 2] * x;
  }

  /** The coordinates of a row; in the plane, z is that of the slice. */
  void row(int z, int y, double[][] at) {
    int nx = to.get(2);
    double py = y - (to.get(1) - 1) / 2.0;
    double pz = inPlane ? 0 : z - (to.get(0) - 1) / 2.0;
    double px = (nx - 1) / 2.0;
    if (offsets.length == 0) {
      for (int axis = inPlane ? 1 : 0; axis < 3; axis++) {
        double base = matrix[axis * 3] * pz + matrix[axis * 3 + 1] * py;
        line(at[axis], base, matrix[axis * 3 + 2], px, shift[axis]);
      }
    } else {
      int start = ((inPlane ? 0 : z * to.get(1)) + y) * nx;
      deformed(at, start, pz, py);
    }
    if (inPlane) {
      Arrays.fill(at[0], z);
    }
  }

  private static void line(double[] at, double base, double step, double centre, double shift) {
    for (int x = 0; x < at.length; x++) {
      at[x] = base + step * (x - centre) + shift;
    }
  }

  private void deformed(double[][] at, int start, double pz, double py) {
    int skipped = 3 - offsets.length;
    for (int x = 0; x < at[2].length; x++) {
      double oz = skipped == 0 ? pz + offsets[0][start + x] : 0;
      double oy = py + offsets[1 - skipped][start + x];
      double ox = x - (to.get(2) - 1) / 2.0 + offsets[2 - skipped][start + x];
      for (int axis = skipped; axis < 3; axis++) {
        at[axis][x] = turned(axis, oz, oy, ox) + shift[axis];
      }
    }
  }

  /** No point lies below this on an axis, and none above the second. */
  double[] reach(int axis) {
    if (inPlane && axis == 0) {
      return new double[] {0, from.get(0) - 1.0};
    }
    double half = 0;
    for (int k = inPlane ? 1 : 0; k < 3; k++) {
      double corner = (to.get(k) - 1) / 2.0 + largestOffset(k);
      half += Math.abs(matrix[axis * 3 + k]) * corner;
    }
    return new double[] {shift[axis] - half, shift[axis] + half};
  }

  private double largestOffset(int axis) {
    int k = axis - 3 + offsets.length;
    double largest = 0;
    if (offsets.length > 0 && k >= 0) {
      for (double offset : offsets[k]) {
        largest = Math.max(largest, Math.abs(offset));
      }
    }
    return largest;
  }
}
