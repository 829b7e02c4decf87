package io.github.nnunet4j.image;

import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * From the header's two transforms to one grid, by ITK's rules: the sform if its code is 1
 * (scanner) or there is no qform, else the qform, else no orientation at all; voxel sizes from
 * pixdim; RAS becomes LPS; units become millimetres. A sform whose axes are not orthogonal gives
 * way to the qform, and without one the file is refused.
 */
final class NiftiGeometry {
  private static final double SHEAR = 2e-4;

  private final Path file;
  private final NiftiHeader header;
  private final double scale;

  private NiftiGeometry(Path file, NiftiHeader header) {
    this.file = file;
    this.header = header;
    this.scale = millimetres(header.units & 7);
  }

  static Grid of(Path file, NiftiHeader header, Extent extent) {
    return new NiftiGeometry(file, header).grid(extent);
  }

  private static double millimetres(int units) {
    return units == 1 ? 1000 : units == 3 ? 0.001 : 1;
  }

  private Grid grid(Extent extent) {
    double @Nullable [] affine = affine();
    double[] lengths = new double[3];
    double[] direction = affine == null ? Grids.identity() : directions(affine, lengths);
    double[] spacing = new double[3];
    for (int axis = 0; axis < 3; axis++) {
      spacing[2 - axis] = axis < header.dim.length ? spacing(axis, lengths[axis]) : 0;
    }
    double[] origin = new double[3];
    if (affine != null) {
      for (int i = 0; i < 3; i++) {
        origin[i] = (i < 2 ? -affine[4 * i + 3] : affine[4 * i + 3]) * scale;
      }
    }
    if (header.dim.length == 2) {
      return Grids.plane(file, extent, spacing, origin, direction);
    }
    return Grids.checked(file, extent, spacing, origin, direction);
  }

  /** Size of a voxel in millimetres; where pixdim is silent, the sform's own step. */
  private double spacing(int axis, double length) {
    double stored = Math.abs(header.pixdim[axis + 1]);
    if (stored == 0) {
      stored = length > 0 ? length : 1;
    }
    return stored * scale;
  }

  private double @Nullable [] affine() {
    boolean hasQ = header.qformCode > 0;
    boolean hasS = header.sformCode > 0;
    if (!hasQ && !hasS) {
      return null;
    }
    if (hasS && (header.sformCode == 1 || !hasQ)) {
      if (orthogonal(header.sform)) {
        return header.sform;
      }
      if (!hasQ) {
        throw Malformed.file(
            file,
            "an sform whose axes are finite and orthogonal",
            Arrays.toString(header.sform),
            "Resample the image to a grid with orthogonal axes.");
      }
    }
    return fromQuaternion();
  }

  /** Whether the columns of a matrix of three rows of four are finite and at right angles. */
  static boolean orthogonal(double[] m) {
    for (int a = 0; a < 3; a++) {
      for (int b = a; b < 3; b++) {
        double dot = m[a] * m[b] + m[4 + a] * m[4 + b] + m[8 + a] * m[8 + b];
        double lengths = length(m, a) * length(m, b);
        if (!(lengths > 0 && lengths < Double.POSITIVE_INFINITY)
            || (a != b && Math.abs(dot) > SHEAR * lengths)) {
          return false;
        }
      }
    }
    return true;
  }

  static double length(double[] m, int column) {
    double x = m[column];
    double y = m[4 + column];
    double z = m[8 + column];
    return Math.sqrt(x * x + y * y + z * z);
  }

  /** Unit columns in LPS; fills in the columns' lengths. */
  private static double[] directions(double[] affine, double[] lengths) {
    double[] direction = new double[9];
    for (int axis = 0; axis < 3; axis++) {
      lengths[axis] = length(affine, axis);
      for (int world = 0; world < 3; world++) {
        double unit = affine[4 * world + axis] / lengths[axis];
        direction[3 * world + axis] = world < 2 ? -unit : unit;
      }
    }
    return direction;
  }

  /** The matrix of the quaternion, rounded to float32 as nifti1_io does. */
  private double[] fromQuaternion() {
    double b = header.qform[0];
    double c = header.qform[1];
    double d = header.qform[2];
    double norm = b * b + c * c + d * d;
    if (!(norm < Double.POSITIVE_INFINITY)) {
      throw Malformed.file(file, "a finite quaternion", b + ", " + c + ", " + d);
    }
    double a = 0;
    if (1 - norm < 1e-7) {
      double f = 1 / Math.sqrt(norm);
      b *= f;
      c *= f;
      d *= f;
    } else {
      a = Math.sqrt(1 - norm);
    }
    double x = step(1);
    double y = step(2);
    double z = header.pixdim[0] < 0 ? -step(3) : step(3);
    double[] m = {
      (a * a + b * b - c * c - d * d) * x, 2 * (b * c - a * d) * y, 2 * (b * d + a * c) * z, 0,
      2 * (b * c + a * d) * x, (a * a + c * c - b * b - d * d) * y, 2 * (c * d - a * b) * z, 0,
      2 * (b * d - a * c) * x, 2 * (c * d + a * b) * y, (a * a + d * d - c * c - b * b) * z, 0
    };
    for (int i = 0; i < 3; i++) {
      m[4 * i + 3] = header.qform[3 + i];
    }
    if (header.size == NiftiHeader.SIZE_1) {
      Arrays.setAll(m, i -> (float) m[i]);
    }
    return m;
  }

  private double step(int axis) {
    double stored = Math.abs(header.pixdim[axis]);
    return stored > 0 && stored < Double.POSITIVE_INFINITY ? stored : 1;
  }
}
