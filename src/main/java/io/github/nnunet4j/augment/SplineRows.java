package io.github.nnunet4j.augment;

/**
 * Cubic spline interpolation at the points of a row; 0 as soon as a point leaves the centres of the
 * edge voxels (SciPy's {@code map_coordinates} of order 3 with mode constant).
 */
final class SplineRows implements PointResampler.ImageRows {
  private final SplineCoefficients spline;
  private final boolean inPlane;
  private final float outside;
  private final EdgeCentres centres;

  SplineRows(float[] source, Points points, Outside outside) {
    spline = new SplineCoefficients(source, points.from, points);
    inPlane = points.inPlane;
    this.outside = (float) outside.image();
    centres = EdgeCentres.of(points.from);
  }

  @Override
  public void row(double[][] at, float[] target, int start) {
    double[] pz = at[0];
    double[] py = at[1];
    double[] px = at[2];
    for (int i = 0; i < px.length; i++) {
      double z = pz[i];
      double y = py[i];
      double x = px[i];
      boolean inside = centres.hold(z, y, x);
      target[start + i] = !inside ? outside : inPlane ? plane((int) z, y, x) : space(z, y, x);
    }
  }

  /** The weights of four neighbours for a point at a fraction behind the second; they sum to 6. */
  static float[] weights(float t) {
    return new float[] {edge(1 - t), near(t), near(1 - t), edge(t)};
  }

  /** The weight, times 6, of a neighbour at a distance of 2 - t. */
  private static float edge(float t) {
    return t * t * t;
  }

  /** The weight, times 6, of a neighbour at a distance of t. */
  private static float near(float t) {
    return 4 - 3 * t * t * (2 - t);
  }

  private float plane(int z, double y, double x) {
    int iy = (int) y;
    int ix = (int) x;
    int o =
        (z - spline.low[0]) * spline.sliceStride
            + (iy - spline.low[1]) * spline.rowStride
            + ix
            - spline.low[2];
    return plane(spline.values, o, (float) (y - iy), (float) (x - ix));
  }

  private float space(double z, double y, double x) {
    int iz = (int) z;
    int iy = (int) y;
    int ix = (int) x;
    int stride = spline.sliceStride;
    int o =
        (iz - spline.low[0]) * stride
            + (iy - spline.low[1]) * spline.rowStride
            + ix
            - spline.low[2];
    float t = (float) (z - iz);
    float ty = (float) (y - iy);
    float tx = (float) (x - ix);
    float[] c = spline.values;
    return edge(1 - t) * plane(c, o, ty, tx)
        + near(t) * plane(c, o + stride, ty, tx)
        + near(1 - t) * plane(c, o + 2 * stride, ty, tx)
        + edge(t) * plane(c, o + 3 * stride, ty, tx);
  }

  private float plane(float[] c, int o, float ty, float tx) {
    float w0 = edge(1 - tx);
    float w1 = near(tx);
    float w2 = near(1 - tx);
    float w3 = edge(tx);
    int stride = spline.rowStride;
    int p = o + stride;
    int q = p + stride;
    int r = q + stride;
    float a = w0 * c[o] + w1 * c[o + 1] + w2 * c[o + 2] + w3 * c[o + 3];
    float b = w0 * c[p] + w1 * c[p + 1] + w2 * c[p + 2] + w3 * c[p + 3];
    float d = w0 * c[q] + w1 * c[q + 1] + w2 * c[q + 2] + w3 * c[q + 3];
    float e = w0 * c[r] + w1 * c[r + 1] + w2 * c[r + 2] + w3 * c[r + 3];
    return edge(1 - ty) * a + near(ty) * b + near(1 - ty) * d + edge(ty) * e;
  }
}
