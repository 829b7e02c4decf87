package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.error.PreprocessException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.Checks;
import io.github.nnunet4j.internal.Parallel;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A smooth field by which the intensities of an image are too high: what {@link N4BiasField} has
 * estimated. Kept as control points of B-splines over the whole image and evaluated at its full
 * resolution; immutable.
 */
public final class BiasField {
  private final Extent extent;
  private final BSplineLattice lattice;
  private final List<Integer> iterations;
  private final double convergence;

  BiasField(Extent extent, BSplineLattice lattice, List<Integer> iterations, double convergence) {
    this.extent = extent;
    this.lattice = lattice;
    this.iterations = iterations;
    this.convergence = convergence;
  }

  /** What becomes of a row of the field. */
  @FunctionalInterface
  private interface RowUse {
    void accept(double[] logarithms, int voxel);
  }

  /**
   * The voxels the field was estimated on.
   *
   * @return (z, y, x)
   */
  public Extent extent() {
    return extent;
  }

  /**
   * How many iterations each fitting level took.
   *
   * @return from the coarsest level on
   */
  public List<Integer> iterations() {
    return iterations;
  }

  /**
   * How much the last iteration changed the field: the coefficient of variation of the ratio of the
   * last two fields over the mask.
   *
   * @return 0 or more
   */
  public double convergence() {
    return convergence;
  }

  /**
   * The control points of the finest level.
   *
   * @return their number per axis (z, y, x); 1 on an axis of one voxel
   */
  public List<Integer> controlPoints() {
    return Arrays.stream(lattice.size()).boxed().toList();
  }

  /**
   * The natural logarithm of the field.
   *
   * @param grid of the field's extent
   * @param threads at most so many; the result does not depend on it
   * @return one channel on the grid
   * @throws IllegalArgumentException if the grid has another extent
   */
  public Volume logarithm(Grid grid, int threads) {
    Checks.argument(
        grid.extent().equals(extent), "the field has %s voxels, not %s", extent, grid.extent());
    float[] out = new float[Math.toIntExact(extent.voxels())];
    int width = extent.get(2);
    rows(
        threads,
        (row, at) -> {
          for (int x = 0; x < width; x++) {
            out[at + x] = (float) row[x];
          }
        });
    return Volume.wrap(grid, out);
  }

  /**
   * An image without the field: each voxel divided by the field there.
   *
   * @param image any number of channels of the field's extent, such as the image it was estimated
   *     on or another contrast of the same coil
   * @param threads at most so many; the result does not depend on it
   * @return the same channels, corrected
   * @throws PreprocessException if the image has another extent
   */
  public Volume correct(Volume image, int threads) {
    if (!image.grid().extent().equals(extent)) {
      throw new PreprocessException(
          new Problem(
              "bias field",
              "an image of the field's extent " + extent,
              image.grid().extent().toString(),
              "Correct the image that the field was estimated on, or one of the same voxels."));
    }
    float[][] in = new float[image.channels()][];
    Arrays.setAll(in, image::unsafeArray);
    float[][] out = new float[in.length][in[0].length];
    int width = extent.get(2);
    rows(
        threads,
        (row, at) -> {
          for (int x = 0; x < width; x++) {
            double factor = Math.exp(-row[x]);
            for (int c = 0; c < in.length; c++) {
              out[c][at + x] = (float) (in[c][at + x] * factor);
            }
          }
        });
    return Volume.wrap(image.grid(), out);
  }

  /** Hands the rows of the field over, those of a slice in order. */
  private void rows(int threads, RowUse use) {
    int[] size = lattice.size();
    int[] orders = lattice.orders();
    BSplineAxis[] axes = new BSplineAxis[size.length];
    Arrays.setAll(
        axes,
        a ->
            BSplineAxis.of(
                extent.get(a), IntStream.range(0, extent.get(a)).toArray(), size[a], orders[a]));
    int height = extent.get(1);
    int width = extent.get(2);
    Parallel.forEach(
        extent.get(0),
        threads,
        "bias field",
        z -> {
          FieldRows rows = new FieldRows(lattice, axes);
          for (int y = 0; y < height; y++) {
            use.accept(rows.read(z, y, 0, width), (z * height + y) * width);
          }
        });
  }

  @Override
  public String toString() {
    return "BiasField of "
        + controlPoints()
        + " control points over "
        + extent
        + " voxels, iterations "
        + iterations
        + ", convergence "
        + convergence;
  }
}
