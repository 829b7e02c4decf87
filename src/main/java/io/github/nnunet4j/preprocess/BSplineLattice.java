package io.github.nnunet4j.preprocess;

import java.util.Arrays;

/** Control points (z, y, x) of a scalar field made of uniform B-splines; immutable. */
final class BSplineLattice {
  private final int[] size;
  private final int[] orders;
  private final double[] values;

  private BSplineLattice(int[] size, int[] orders, double[] values) {
    this.size = size;
    this.orders = orders;
    this.values = values;
  }

  /** All 0. An order of 0 stands for an axis of one voxel, which is never refined. */
  static BSplineLattice zero(int[] size, int[] orders) {
    return new BSplineLattice(
        size.clone(), orders.clone(), new double[Math.toIntExact(product(size))]);
  }

  static long product(int[] size) {
    return Arrays.stream(size).asLongStream().reduce(1, Math::multiplyExact);
  }

  /** The size after refining: 2 n - order, twice the spans. */
  static int[] refined(int[] size, int[] orders) {
    int[] out = size.clone();
    Arrays.setAll(out, a -> orders[a] == 0 ? size[a] : 2 * size[a] - orders[a]);
    return out;
  }

  /** Other control points of the same size; the array is given away. */
  BSplineLattice of(double[] newValues) {
    return new BSplineLattice(size, orders, newValues);
  }

  BSplineLattice plus(BSplineLattice other) {
    double[] sum = new double[values.length];
    Arrays.setAll(sum, i -> values[i] + other.values[i]);
    return of(sum);
  }

  int[] size() {
    return size.clone();
  }

  int[] orders() {
    return orders.clone();
  }

  double[] values() {
    return values;
  }

  /** The very same field with twice the spans on every axis (two-scale relation of B-splines). */
  BSplineLattice refined() {
    BSplineLattice out = this;
    for (int axis = 0; axis < size.length; axis++) {
      out = orders[axis] == 0 ? out : out.refined(axis);
    }
    return out;
  }

  private BSplineLattice refined(int axis) {
    int order = orders[axis];
    double[] mask = twoScale(order);
    int[] larger = size.clone();
    larger[axis] = 2 * size[axis] - order;
    int inner = axis == 2 ? 1 : axis == 1 ? size[2] : size[1] * size[2];
    int outer = values.length / (inner * size[axis]);
    double[] out = new double[Math.toIntExact(product(larger))];
    for (int o = 0; o < outer; o++) {
      for (int j = 0; j < larger[axis]; j++) {
        int to = (o * larger[axis] + j) * inner;
        for (int i = j / 2; i < size[axis] && 2 * i - order <= j; i++) {
          double w = mask[j - 2 * i + order];
          int from = (o * size[axis] + i) * inner;
          for (int n = 0; n < inner; n++) {
            out[to + n] += w * values[from + n];
          }
        }
      }
    }
    return new BSplineLattice(larger, orders, out);
  }

  /** The coefficients 2^-order (order + 1 over k). */
  private static double[] twoScale(int order) {
    double[] mask = new double[order + 2];
    mask[0] = Math.scalb(1.0, -order);
    for (int k = 1; k < mask.length; k++) {
      mask[k] = mask[k - 1] * (order + 2 - k) / k;
    }
    return mask;
  }

  /** Collapses the slowest axis at one of its samples into a plane (y, x). */
  void plane(BSplineAxis axis, int sample, double[] plane) {
    collapse(values, axis, sample, plane);
  }

  /** Collapses the slower axis of a plane at one of its samples into a line (x). */
  static void collapse(double[] from, BSplineAxis axis, int sample, double[] to) {
    Arrays.fill(to, 0);
    for (int tap = 0; tap < axis.taps(); tap++) {
      double w = axis.weight(tap, sample);
      int base = (axis.first(sample) + tap) * to.length;
      for (int i = 0; i < to.length; i++) {
        to[i] += w * from[base + i];
      }
    }
  }
}
