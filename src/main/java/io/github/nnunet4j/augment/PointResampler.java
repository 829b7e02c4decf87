package io.github.nnunet4j.augment;

/**
 * Takes image and labels at any {@link Points}, row by row; for what {@link Resampler} does not do:
 * splines, the label rules of v1, deformations and other borders.
 */
final class PointResampler {
  private final Points points;
  private final Spatial.Sampling sampling;
  private final Outside outside;
  private final boolean linearEdges;

  /** With {@code closed}, as in v1, everything beyond the edge voxels' centres is outside. */
  PointResampler(Points points, Spatial.Sampling sampling, boolean closed) {
    this.points = points;
    this.sampling = sampling;
    this.outside = sampling.outside();
    this.linearEdges = !closed;
  }

  /** Gives the values at the points of a row. */
  interface ImageRows {
    void row(double[][] at, float[] target, int start);
  }

  /** Gives the labels at the points of a row. */
  interface LabelRows {
    void row(double[][] at, short[] target, int start);
  }

  void run(float[][] source, short[][] sourceLabels, float[][] image, short[][] labels) {
    ImageRows[] images = new ImageRows[image.length];
    for (int c = 0; c < images.length; c++) {
      images[c] = image(source[c]);
    }
    LabelRows[] maps = new LabelRows[labels.length];
    for (int map = 0; map < maps.length; map++) {
      maps[map] = labels(sourceLabels[map]);
    }
    int nx = points.to.get(2);
    double[][] at = new double[3][nx];
    for (int z = 0; z < points.to.get(0); z++) {
      for (int y = 0; y < points.to.get(1); y++) {
        points.row(z, y, at);
        int start = (z * points.to.get(1) + y) * nx;
        for (int c = 0; c < images.length; c++) {
          images[c].row(at, image[c], start);
        }
        for (int map = 0; map < maps.length; map++) {
          maps[map].row(at, labels[map], start);
        }
      }
    }
  }

  private ImageRows image(float[] source) {
    return switch (sampling.image()) {
      case SPLINE ->
          points.aligned()
              ? new AlignedSplineRows(source, points, outside)
              : new SplineRows(source, points, outside);
      case LINEAR -> new LinearRows(source, points.from, outside, linearEdges);
      case NEAREST -> (at, target, start) -> nearest(source, at, target, start);
    };
  }

  private LabelRows labels(short[] source) {
    return switch (sampling.labels()) {
      case HALF -> new HalfRows(source, points.from);
      case NEAREST -> (at, target, start) -> nearest(source, at, target, start);
      default -> new VoteRows(source, points.from, sampling);
    };
  }

  private void nearest(float[] source, double[][] at, float[] target, int start) {
    for (int i = 0; i < at[2].length; i++) {
      int offset = nearest(at, i);
      target[start + i] = offset < 0 ? (float) outside.image() : source[offset];
    }
  }

  private void nearest(short[] source, double[][] at, short[] target, int start) {
    for (int i = 0; i < at[2].length; i++) {
      int offset = nearest(at, i);
      target[start + i] = offset < 0 ? (short) outside.label() : source[offset];
    }
  }

  private int nearest(double[][] at, int i) {
    int offset = 0;
    for (int axis = 0; axis < 3; axis++) {
      int n = points.from.get(axis);
      double p = outside.fold(at[axis][i], n);
      if (!linearEdges && (p < 0 || p > n - 1)) {
        return -1;
      }
      double rounded = linearEdges ? Math.rint(p) : Math.floor(p + 0.5);
      if (rounded < 0 || rounded > n - 1) {
        return -1;
      }
      offset = offset * n + (int) rounded;
    }
    return offset;
  }
}
