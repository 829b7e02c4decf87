package io.github.nnunet4j.image;

import java.nio.file.Path;
import java.util.Arrays;

/** Builds grids from what files say, refusing what is no geometry. */
final class Grids {
  /** nnU-Net's spacing of the axis that a 2D image lacks, in units of the largest other one. */
  static final double PLANE_FACTOR = 999;

  private Grids() {}

  static double[] identity() {
    return new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1};
  }

  /** A grid of three axes; spacing (z, y, x), origin and direction as in {@link Grid#placed}. */
  static Grid checked(
      Path file, Extent extent, double[] spacing, double[] origin, double[] direction) {
    for (double s : spacing) {
      if (!(s > 0 && s < Double.POSITIVE_INFINITY)) {
        throw Malformed.file(
            file, "positive, finite voxel sizes", "(z, y, x) = " + Arrays.toString(spacing));
      }
    }
    if (!finite(origin) || !finite(direction) || Math.abs(determinant(direction)) < 1e-6) {
      throw Malformed.file(
          file,
          "a finite origin and three independent axes",
          "origin " + Arrays.toString(origin) + ", direction " + Arrays.toString(direction));
    }
    return Grid.of(extent, Spacing.millimetres(spacing)).placed(origin, direction);
  }

  /**
   * The grid of a 2D image: one slice, its spacing 999 times the largest of the others (nnU-Net's
   * SimpleITKIO), the missing axis along the world's third.
   */
  static Grid plane(
      Path file, Extent extent, double[] spacing, double[] origin, double[] direction) {
    double[] d = direction.clone();
    d[2] = 0;
    d[5] = 0;
    d[6] = 0;
    d[7] = 0;
    d[8] = 1;
    double[] s = {PLANE_FACTOR * Math.max(spacing[1], spacing[2]), spacing[1], spacing[2]};
    return checked(file, extent, s, new double[] {origin[0], origin[1], 0}, d);
  }

  /** Whether this is the grid that {@link #plane} makes of a 2D image. */
  static boolean isPlane(Grid grid) {
    Spacing s = grid.spacing();
    double[] d = grid.direction();
    return grid.extent().get(0) == 1
        && s.get(0) == PLANE_FACTOR * Math.max(s.get(1), s.get(2))
        && grid.origin()[2] == 0
        && d[2] == 0
        && d[5] == 0
        && d[6] == 0
        && d[7] == 0
        && d[8] == 1;
  }

  private static boolean finite(double[] values) {
    return Arrays.stream(values).allMatch(Double::isFinite);
  }

  private static double determinant(double[] m) {
    return m[0] * (m[4] * m[8] - m[5] * m[7])
        - m[1] * (m[3] * m[8] - m[5] * m[6])
        + m[2] * (m[3] * m[7] - m[4] * m[6]);
  }
}
