package io.github.nnunet4j.augment;

import java.util.List;

/** The matrix of rotation and scale; see {@link Spatial.Form}. */
final class SpatialMatrix {
  private SpatialMatrix() {}

  /** Row by row, over (z, y, x); in the plane z stays as it is. */
  static double[] of(Spatial.Form form, boolean inPlane, List<Double> radians, List<Double> scale) {
    boolean first = form != Spatial.Form.V2;
    double sign = first ? -1 : 1;
    double[] m = rotation(1, 2, angle(radians, 0, sign));
    if (!inPlane) {
      m = multiply(rotation(2, 0, angle(radians, 1, sign)), m);
      m = multiply(rotation(0, 1, angle(radians, 2, sign)), m);
    }
    for (int i = 0; i < 9; i++) {
      int axis = first ? i / 3 : i % 3;
      boolean scaled = !scale.isEmpty() && !(inPlane && axis == 0);
      m[i] *= scaled ? scale.get(axis) : 1;
    }
    return m;
  }

  private static double angle(List<Double> radians, int axis, double sign) {
    return radians.isEmpty() ? 0 : sign * radians.get(axis);
  }

  /** Turns axis {@code from} towards axis {@code to}. */
  private static double[] rotation(int from, int to, double radians) {
    double[] m = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    m[from * 3 + from] = Math.cos(radians);
    m[to * 3 + to] = Math.cos(radians);
    m[from * 3 + to] = -Math.sin(radians);
    m[to * 3 + from] = Math.sin(radians);
    return m;
  }

  private static double[] multiply(double[] a, double[] b) {
    double[] product = new double[9];
    for (int i = 0; i < 9; i++) {
      int row = i / 3 * 3;
      int column = i % 3;
      product[i] = a[row] * b[column] + a[row + 1] * b[3 + column] + a[row + 2] * b[6 + column];
    }
    return product;
  }
}
