package io.github.nnunet4j.preprocess;

/**
 * Reads a field row by row. The axes are collapsed one after the other, so that a voxel costs no
 * more than the splines of its own row. For one thread; rows of a slice are best read together.
 */
final class FieldRows {
  private final BSplineLattice lattice;
  private final BSplineAxis[] axes;
  private final double[] plane;
  private final double[] line;
  private final double[] row;
  private int slice = -1;

  /** A reader of the samples that the axes (z, y, x) have. */
  FieldRows(BSplineLattice lattice, BSplineAxis[] axes) {
    this.lattice = lattice;
    this.axes = axes;
    plane = new double[axes[1].controlPoints() * axes[2].controlPoints()];
    line = new double[axes[2].controlPoints()];
    row = new double[axes[2].samples()];
  }

  /**
   * Part of a row.
   *
   * @param z slice
   * @param y row
   * @param from first column
   * @param to after the last column
   * @return the columns of the field at their own index, until the next call
   */
  double[] read(int z, int y, int from, int to) {
    if (z != slice) {
      lattice.plane(axes[0], z, plane);
      slice = z;
    }
    BSplineLattice.collapse(plane, axes[1], y, line);
    axes[2].evaluate(line, from, to, row);
    return row;
  }
}
