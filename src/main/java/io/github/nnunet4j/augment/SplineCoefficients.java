package io.github.nnunet4j.augment;

import io.github.nnunet4j.image.Extent;

/**
 * The coefficients of a cubic B-spline through a part of an image, the image being mirrored about
 * the centres of its edge voxels (Unser, 1999; SciPy's prefilter of {@code map_coordinates}). There
 * is one more coefficient before and two more behind on each axis, so that every sum of 4 taps per
 * axis finds its neighbours. The constant gain of the filter is left to the weights, which sum to 6
 * on each axis. {@code internal.Prefilter} is another filter: float64, orders up to 3, and edge
 * values that go on for ever instead of a mirror.
 */
final class SplineCoefficients {
  private static final float POLE = (float) (Math.sqrt(3) - 2);
  private static final int HORIZON = 28;
  private static final int MARGIN = 16;

  final float[] values;

  /** First voxel of the part on each axis. */
  final int[] low = new int[3];

  final int rowStride;
  final int sliceStride;

  private final int[] size = new int[3];
  private final int padZ;

  /** The part that points within the reach need. In the plane the filter leaves z alone. */
  SplineCoefficients(float[] source, Extent extent, Points points) {
    for (int axis = 0; axis < 3; axis++) {
      double[] reach = points.reach(axis);
      int n = extent.get(axis);
      int from = (int) Math.max(0, Math.min(n - 1, Math.floor(reach[0]) - MARGIN));
      int to = (int) Math.max(from, Math.min(n - 1, Math.ceil(reach[1]) + MARGIN));
      low[axis] = from;
      size[axis] = to - from + 1;
    }
    padZ = points.inPlane ? 0 : 1;
    rowStride = size[2] + 3;
    sliceStride = rowStride * (size[1] + 3);
    values = new float[Math.multiplyExact(sliceStride, size[0] + 3 * padZ)];
    for (int z = 0; z < size[0]; z++) {
      for (int y = 0; y < size[1]; y++) {
        int from = ((z + low[0]) * extent.get(1) + y + low[1]) * extent.get(2) + low[2];
        System.arraycopy(source, from, values, at(z, y), size[2]);
      }
    }
    filter();
    pad();
  }

  private int at(int z, int y) {
    return (z + padZ) * sliceStride + (y + 1) * rowStride + 1;
  }

  private void filter() {
    for (int z = 0; z < size[0]; z++) {
      int y = 0;
      for (; y + 4 <= size[1] && size[2] > 1; y += 4) {
        fourLines(at(z, y), size[2]);
      }
      for (; y < size[1]; y++) {
        line(at(z, y), size[2]);
      }
      across(at(z, 0), rowStride, size[1], size[2]);
    }
    if (padZ > 0) {
      for (int y = 0; y < size[1]; y++) {
        across(at(0, y), sliceStride, size[0], size[2]);
      }
    }
  }

  /** Filters one row. */
  private void line(int at, int n) {
    float[] c = values;
    if (n == 1) {
      c[at] /= 6;
      return;
    }
    int end = at + n - 1;
    float previous = (float) start(at, 1, n);
    c[at] = previous;
    for (int i = at + 1; i <= end; i++) {
      previous = c[i] + POLE * previous;
      c[i] = previous;
    }
    float next = POLE / (POLE * POLE - 1) * (c[end] + POLE * c[end - 1]);
    c[end] = next;
    for (int i = end - 1; i >= at; i--) {
      next = POLE * (next - c[i]);
      c[i] = next;
    }
  }

  /** Filters four rows together, whose recursions need not wait for each other. */
  private void fourLines(int at, int n) {
    forwardFour(at, n);
    backwardFour(at, n);
  }

  private void forwardFour(int at, int n) {
    float[] c = values;
    int b = at + rowStride;
    int d = b + rowStride;
    int e = d + rowStride;
    float pa = (float) start(at, 1, n);
    float pb = (float) start(b, 1, n);
    float pd = (float) start(d, 1, n);
    float pe = (float) start(e, 1, n);
    c[at] = pa;
    c[b] = pb;
    c[d] = pd;
    c[e] = pe;
    for (int i = 1; i < n; i++) {
      pa = c[at + i] + POLE * pa;
      pb = c[b + i] + POLE * pb;
      pd = c[d + i] + POLE * pd;
      pe = c[e + i] + POLE * pe;
      c[at + i] = pa;
      c[b + i] = pb;
      c[d + i] = pd;
      c[e + i] = pe;
    }
  }

  private void backwardFour(int at, int n) {
    float[] c = values;
    int b = at + rowStride;
    int d = b + rowStride;
    int e = d + rowStride;
    int last = n - 1;
    float factor = POLE / (POLE * POLE - 1);
    float pa = factor * (c[at + last] + POLE * c[at + last - 1]);
    float pb = factor * (c[b + last] + POLE * c[b + last - 1]);
    float pd = factor * (c[d + last] + POLE * c[d + last - 1]);
    float pe = factor * (c[e + last] + POLE * c[e + last - 1]);
    c[at + last] = pa;
    c[b + last] = pb;
    c[d + last] = pd;
    c[e + last] = pe;
    for (int i = last - 1; i >= 0; i--) {
      pa = POLE * (pa - c[at + i]);
      pb = POLE * (pb - c[b + i]);
      pd = POLE * (pd - c[d + i]);
      pe = POLE * (pe - c[e + i]);
      c[at + i] = pa;
      c[b + i] = pb;
      c[d + i] = pd;
      c[e + i] = pe;
    }
  }

  /** The first value of the forward recursion: a sum over the mirrored line. */
  private double start(int at, int stride, int n) {
    double sum = values[at];
    double power = 1;
    for (int k = 1; k < Math.min(n, HORIZON); k++) {
      power *= POLE;
      sum += power * values[at + k * stride];
    }
    if (n > HORIZON) {
      return sum;
    }
    for (int k = n - 2; k >= 1; k--) {
      power *= POLE;
      sum += power * values[at + k * stride];
    }
    return sum / (1 - power * POLE);
  }

  /** Filters lines that lie side by side. */
  private void across(int at, int stride, int n, int count) {
    float[] c = values;
    if (n == 1) {
      for (int i = 0; i < count; i++) {
        c[at + i] /= 6;
      }
      return;
    }
    for (int i = 0; i < count; i++) {
      c[at + i] = (float) start(at + i, stride, n);
    }
    for (int k = 1; k < n; k++) {
      forward(c, at + k * stride, at + (k - 1) * stride, count);
    }
    int end = at + (n - 1) * stride;
    turn(c, end, end - stride, count);
    for (int k = n - 2; k >= 0; k--) {
      backward(c, at + k * stride, at + (k + 1) * stride, count);
    }
  }

  private static void forward(float[] c, int at, int previous, int count) {
    for (int i = 0; i < count; i++) {
      c[at + i] += POLE * c[previous + i];
    }
  }

  private static void turn(float[] c, int at, int previous, int count) {
    float factor = POLE / (POLE * POLE - 1);
    for (int i = 0; i < count; i++) {
      c[at + i] = factor * (c[at + i] + POLE * c[previous + i]);
    }
  }

  private static void backward(float[] c, int at, int next, int count) {
    for (int i = 0; i < count; i++) {
      c[at + i] = POLE * (c[next + i] - c[at + i]);
    }
  }

  private void pad() {
    for (int z = 0; z < size[0]; z++) {
      for (int y = 0; y < size[1]; y++) {
        int row = at(z, y);
        for (int x : new int[] {-1, size[2], size[2] + 1}) {
          values[row + x] = values[row + GaussianBlur.reflect(x, size[2])];
        }
      }
      for (int y : new int[] {-1, size[1], size[1] + 1}) {
        int from = at(z, GaussianBlur.reflect(y, size[1])) - 1;
        System.arraycopy(values, from, values, at(z, y) - 1, rowStride);
      }
    }
    if (padZ > 0) {
      for (int z : new int[] {-1, size[0], size[0] + 1}) {
        int from = GaussianBlur.reflect(z, size[0]) + 1;
        System.arraycopy(values, from * sliceStride, values, (z + 1) * sliceStride, sliceStride);
      }
    }
  }
}
