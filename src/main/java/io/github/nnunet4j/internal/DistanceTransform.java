package io.github.nnunet4j.internal;

/**
 * The exact Euclidean distance of every voxel to the nearest of some voxels, in linear time: the
 * lower envelope of parabolas along one axis after the other (Felzenszwalb and Huttenlocher 2012,
 * "Distance transforms of sampled functions").
 */
public final class DistanceTransform {
  private DistanceTransform() {}

  /**
   * The squared distances.
   *
   * @param sites the voxels to which the distance is 0, row-major
   * @param extent voxels per axis
   * @param spacing distance of neighbours per axis, positive
   * @return one number per voxel; infinite everywhere if there is no site
   */
  public static float[] squared(boolean[] sites, int[] extent, double[] spacing) {
    long voxels = 1;
    for (int size : extent) {
      voxels = Math.multiplyExact(voxels, (long) size);
    }
    Checks.argument(
        voxels == sites.length && spacing.length == extent.length,
        "%d sites and %d spacings do not fit %d voxels and %d axes",
        sites.length,
        spacing.length,
        voxels,
        extent.length);
    float[] squares = new float[sites.length];
    for (int i = 0; i < squares.length; i++) {
      squares[i] = sites[i] ? 0 : Float.POSITIVE_INFINITY;
    }
    int stride = sites.length;
    for (int axis = 0; axis < extent.length; axis++) {
      Checks.positive(spacing[axis], "spacing");
      stride /= Math.max(1, extent[axis]);
      if (extent[axis] > 1) {
        along(squares, extent[axis], stride, spacing[axis] * spacing[axis]);
      }
    }
    return squares;
  }

  private static void along(float[] squares, int size, int stride, double step) {
    Line line = new Line(size, step);
    int block = size * stride;
    for (int start = 0; start < squares.length; start += block) {
      for (int offset = 0; offset < stride; offset++) {
        line.transform(squares, start + offset, stride);
      }
    }
  }

  /** One line of voxels; its arrays are used again for the next. */
  private static final class Line {
    private final int size;
    private final double step;
    private final double[] heights;
    private final int[] vertices;
    private final double[] begins;

    Line(int size, double step) {
      this.size = size;
      this.step = step;
      heights = new double[size];
      vertices = new int[size];
      begins = new double[size];
    }

    void transform(float[] squares, int start, int stride) {
      int parabolas = 0;
      for (int q = 0; q < size; q++) {
        heights[q] = squares[start + q * stride];
        if (heights[q] < Double.POSITIVE_INFINITY) {
          parabolas = add(q, parabolas);
        }
      }
      if (parabolas == 0) {
        return;
      }
      int k = 0;
      for (int q = 0; q < size; q++) {
        while (k + 1 < parabolas && begins[k + 1] < q) {
          k++;
        }
        double distance = q - vertices[k];
        squares[start + q * stride] = (float) (distance * distance * step + heights[vertices[k]]);
      }
    }

    /** Drops what the parabola of voxel q hides, and gives the new number of parabolas. */
    private int add(int q, int parabolas) {
      int last = parabolas - 1;
      double begin = Double.NEGATIVE_INFINITY;
      while (last >= 0) {
        begin = crossing(vertices[last], q);
        if (begin > begins[last]) {
          break;
        }
        last--;
      }
      vertices[last + 1] = q;
      begins[last + 1] = last < 0 ? Double.NEGATIVE_INFINITY : begin;
      return last + 2;
    }

    private double crossing(int r, int q) {
      double rise = (heights[q] - heights[r]) / step;
      return (rise + (double) q * q - (double) r * r) / (2.0 * (q - r));
    }
  }

  /**
   * The voxels of an object that have a neighbour outside of it, along an axis and within the
   * extent.
   *
   * @param inside whether a voxel belongs to the object, row-major
   * @param extent voxels per axis
   * @return true for the voxels on the border
   */
  public static boolean[] border(boolean[] inside, int[] extent) {
    boolean[] border = new boolean[inside.length];
    int stride = inside.length;
    for (int size : extent) {
      stride /= Math.max(1, size);
      int block = size * stride;
      for (int i = 0; i + stride < inside.length; i++) {
        boolean sameLine = i % block + stride < block;
        if (sameLine && inside[i] != inside[i + stride]) {
          border[inside[i] ? i : i + stride] = true;
        }
      }
    }
    return border;
  }
}
