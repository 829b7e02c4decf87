package io.github.nnunet4j.augment;

import io.github.nnunet4j.image.Extent;
import java.util.Arrays;

/**
 * As {@link SplineRows}, for points on lines along the axes of the image: scaling without rotation.
 * Slices, then rows, then voxels are blended; what all rows of a slice share is done once.
 */
final class AlignedSplineRows implements PointResampler.ImageRows {
  private final SplineCoefficients spline;
  private final float outside;
  private final Extent extent;
  private final float[] plane;
  private final float[] line;
  private double planeAt = Double.NaN;

  /** First tap and weights of each voxel of a row; the same for all rows. */
  private int[] first = {};

  private float[] weights = {};

  AlignedSplineRows(float[] source, Points points, Outside outside) {
    spline = new SplineCoefficients(source, points.from, points);
    extent = points.from;
    this.outside = (float) outside.image();
    plane = new float[spline.sliceStride];
    line = new float[spline.rowStride];
  }

  private boolean inside(double at, int axis) {
    return at >= 0 && at <= extent.get(axis) - 1;
  }

  @Override
  public void row(double[][] at, float[] target, int start) {
    double z = at[0][0];
    double y = at[1][0];
    int count = at[2].length;
    if (!inside(z, 0) || !inside(y, 1)) {
      Arrays.fill(target, start, start + count, outside);
      return;
    }
    if (first.length == 0) {
      place(at[2]);
    }
    if (z != planeAt) {
      planeAt = z;
      int from = ((int) z - spline.low[0]) * spline.sliceStride;
      blend(spline.values, from, spline.sliceStride, z - (int) z, plane);
    }
    blend(plane, ((int) y - spline.low[1]) * spline.rowStride, spline.rowStride, y - (int) y, line);
    taps(line, first, weights, target, start, outside);
  }

  private void place(double[] at) {
    first = new int[at.length];
    weights = new float[4 * at.length];
    for (int i = 0; i < at.length; i++) {
      if (inside(at[i], 2)) {
        first[i] = (int) at[i] - spline.low[2];
        float[] four = SplineRows.weights((float) (at[i] - (int) at[i]));
        System.arraycopy(four, 0, weights, 4 * i, 4);
      } else {
        first[i] = -1;
      }
    }
  }

  /** The weighted sum of four parts of equal length that follow each other. */
  private static void blend(float[] from, int start, int stride, double fraction, float[] to) {
    float[] w = SplineRows.weights((float) fraction);
    float a = w[0];
    float b = w[1];
    float c = w[2];
    float d = w[3];
    int second = start + stride;
    int third = second + stride;
    int fourth = third + stride;
    for (int i = 0; i < to.length; i++) {
      to[i] =
          a * from[start + i] + b * from[second + i] + c * from[third + i] + d * from[fourth + i];
    }
  }

  private static void taps(
      float[] line, int[] first, float[] weights, float[] target, int start, float outside) {
    for (int i = 0; i < first.length; i++) {
      int k = first[i];
      int w = 4 * i;
      target[start + i] =
          k < 0
              ? outside
              : weights[w] * line[k]
                  + weights[w + 1] * line[k + 1]
                  + weights[w + 2] * line[k + 2]
                  + weights[w + 3] * line[k + 3];
    }
  }
}
