package io.github.nnunet4j.augment;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.internal.Checks;

/**
 * Where the voxels of each output row lie in the input. Coordinates are fixed point numbers with 32
 * fractional bits and grow by a constant along a row. The part of a row whose eight (in the plane:
 * four) neighbours all lie inside the input is known beforehand; for it, offsets and fractions are
 * laid out in arrays, so that several channels share the work.
 */
final class AffineRows {
  private static final double ONE = 4294967296.0;
  private static final float FRACTION = 0x1p-24f;

  final Extent from;
  final Extent to;
  final boolean inPlane;
  final long[] base = new long[3];
  final long[] step = new long[3];

  /** Offset of the first neighbour, per x within {@link #begin} and {@link #end}. */
  final int[] offset;

  final float[] fz;
  final float[] fy;
  final float[] fx;

  /** The inner part of the row, [begin, end). */
  int begin;

  int end;

  private final double[] matrix;

  AffineRows(Extent from, Extent to, double[] matrix, boolean inPlane) {
    for (int axis = 0; axis < 3; axis++) {
      double reach = 0;
      for (int k = 0; k < 3; k++) {
        reach += Math.abs(matrix[axis * 3 + k]) * to.get(k);
      }
      Checks.argument(
          reach + from.get(axis) < 1 << 30,
          "the scale takes a patch of %s too far out of %s",
          to,
          from);
    }
    this.from = from;
    this.to = to;
    this.inPlane = inPlane;
    this.matrix = matrix.clone();
    int nx = to.get(2);
    offset = new int[nx];
    fz = new float[inPlane ? 0 : nx];
    fy = new float[nx];
    fx = new float[nx];
    for (int axis = 0; axis < 3; axis++) {
      step[axis] = Math.round(matrix[axis * 3 + 2] * ONE);
    }
  }

  /** Makes the row (z, y) the present one. */
  void row(int z, int y) {
    double pz = z - (to.get(0) - 1) / 2.0;
    double py = y - (to.get(1) - 1) / 2.0;
    double px = -(to.get(2) - 1) / 2.0;
    for (int axis = 0; axis < 3; axis++) {
      int m = axis * 3;
      double at =
          matrix[m] * pz + matrix[m + 1] * py + matrix[m + 2] * px + (from.get(axis) - 1) / 2.0;
      base[axis] = Math.round(at * ONE);
    }
    begin = 0;
    end = to.get(2);
    for (int axis = inPlane ? 1 : 0; axis < 3; axis++) {
      narrow(axis);
    }
    if (begin >= end) {
      begin = 0;
      end = 0;
    }
    layOut();
  }

  /** Keeps the x for which 0 <= coordinate < n - 1. */
  private void narrow(int axis) {
    long b = base[axis];
    long s = step[axis];
    long limit = (long) (from.get(axis) - 1) << 32;
    if (s == 0) {
      if (b < 0 || b >= limit) {
        end = 0;
      }
    } else if (s > 0) {
      begin = clamp(Math.max(begin, -Math.floorDiv(b, s)));
      end = clamp(Math.min(end, -Math.floorDiv(b - limit, s)));
    } else {
      begin = clamp(Math.max(begin, Math.floorDiv(b - limit, -s) + 1));
      end = clamp(Math.min(end, Math.floorDiv(b, -s) + 1));
    }
  }

  private int clamp(long x) {
    return (int) Math.max(0, Math.min(to.get(2), x));
  }

  private void layOut() {
    int ny = from.get(1);
    int nx = from.get(2);
    long z = base[0] + begin * step[0];
    long y = base[1] + begin * step[1];
    long x = base[2] + begin * step[2];
    long sz = step[0];
    long sy = step[1];
    long sx = step[2];
    for (int i = begin; i < end; i++) {
      int slice = inPlane ? 0 : (int) (z >> 32);
      offset[i] = (slice * ny + (int) (y >> 32)) * nx + (int) (x >> 32);
      if (!inPlane) {
        fz[i] = ((int) (z >>> 8) & 0xffffff) * FRACTION;
      }
      fy[i] = ((int) (y >>> 8) & 0xffffff) * FRACTION;
      fx[i] = ((int) (x >>> 8) & 0xffffff) * FRACTION;
      z += sz;
      y += sy;
      x += sx;
    }
  }

  /** The whole part of a coordinate of voxel x of the row. */
  int whole(int axis, int x) {
    return (int) ((base[axis] + x * step[axis]) >> 32);
  }

  /** The fraction of a coordinate of voxel x of the row. */
  float fraction(int axis, int x) {
    return ((int) ((base[axis] + x * step[axis]) >>> 8) & 0xffffff) * FRACTION;
  }

  /** The nearest voxel, halves to even. */
  int nearest(int axis, int x) {
    long at = base[axis] + x * step[axis];
    int whole = (int) (at >> 32);
    long fraction = at & 0xffffffffL;
    boolean up = fraction > 0x80000000L || (fraction == 0x80000000L && (whole & 1) != 0);
    return up ? whole + 1 : whole;
  }

  /** The input offset of the voxel nearest to x, or -1 outside of the input. */
  int nearestOffset(int x) {
    int z = nearest(0, x);
    int y = nearest(1, x);
    int i = nearest(2, x);
    boolean inside =
        z >= 0 && z < from.get(0) && y >= 0 && y < from.get(1) && i >= 0 && i < from.get(2);
    return inside ? (z * from.get(1) + y) * from.get(2) + i : -1;
  }
}
