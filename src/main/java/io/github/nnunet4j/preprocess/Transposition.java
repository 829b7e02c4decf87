package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.image.Extent;

/** Arrays of voxels with their axes in another order. */
final class Transposition {
  private Transposition() {}

  /** Copies one element. */
  private interface Copy {
    void copy(int from, int to);
  }

  /** Axis {@code a} of the result is axis {@code order[a]} of the source. */
  static float[] apply(float[] source, Extent extent, int... order) {
    if (identity(order)) {
      return source;
    }
    float[] out = new float[source.length];
    int[] step = steps(extent, order);
    int nx = extent.get(order[2]);
    forRows(extent, order, (from, to) -> row(source, from, step[2], out, to, nx));
    return out;
  }

  /** As for floats. */
  static short[] apply(short[] source, Extent extent, int... order) {
    if (identity(order)) {
      return source;
    }
    short[] out = new short[source.length];
    int[] step = steps(extent, order);
    int nx = extent.get(order[2]);
    forRows(extent, order, (from, to) -> row(source, from, step[2], out, to, nx));
    return out;
  }

  /** The order that takes a transposed array back. */
  static int[] inverse(int... order) {
    int[] inverse = new int[order.length];
    for (int axis = 0; axis < order.length; axis++) {
      inverse[order[axis]] = axis;
    }
    return inverse;
  }

  static boolean identity(int... order) {
    return order[0] == 0 && order[1] == 1 && order[2] == 2;
  }

  private static int[] steps(Extent extent, int[] order) {
    int[] stride = {extent.get(1) * extent.get(2), extent.get(2), 1};
    return new int[] {stride[order[0]], stride[order[1]], stride[order[2]]};
  }

  private static void forRows(Extent extent, int[] order, Copy rows) {
    int[] step = steps(extent, order);
    int to = 0;
    for (int z = 0; z < extent.get(order[0]); z++) {
      for (int y = 0; y < extent.get(order[1]); y++) {
        rows.copy(z * step[0] + y * step[1], to);
        to += extent.get(order[2]);
      }
    }
  }

  private static void row(float[] source, int from, int step, float[] out, int to, int n) {
    for (int i = 0; i < n; i++) {
      out[to + i] = source[from + i * step];
    }
  }

  private static void row(short[] source, int from, int step, short[] out, int to, int n) {
    for (int i = 0; i < n; i++) {
      out[to + i] = source[from + i * step];
    }
  }
}
