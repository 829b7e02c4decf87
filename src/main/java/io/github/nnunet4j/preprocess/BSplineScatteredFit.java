package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.internal.Parallel;
import java.util.Arrays;

/**
 * The B-spline approximation of scattered data of Lee, Wolberg and Shin 1997 (section 3), for data
 * that lie on the nodes of a grid. Control point c is
 *
 * <pre>sum over p of w_pc^2 (w_pc v_p / sum over k of w_pk^2)  /  sum over p of w_pc^2</pre>
 *
 * where w_pc is the weight of spline c at sample p with value v_p. On a grid every factor is a
 * product over the axes, so the sums are taken axis by axis: each sample costs order + 1 steps
 * instead of their cube.
 */
final class BSplineScatteredFit {
  private final MaskedSamples samples;
  private final BSplineAxis[] shares;
  private final BSplineLattice lattice;
  private final double[] denominator;
  private final int threads;

  /** The values to be approximated. */
  @FunctionalInterface
  interface Values {
    /** Writes the values of samples {@code from} to {@code to - 1} at the array's begin. */
    void read(int from, int to, double[] out);
  }

  /**
   * A fit to samples of the same places.
   *
   * @param samples where there are values
   * @param axes splines of the axes (z, y, x) at the sampled voxels
   * @param lattice whose size the results have
   * @param threads at most so many; results do not depend on it
   */
  BSplineScatteredFit(
      MaskedSamples samples, BSplineAxis[] axes, BSplineLattice lattice, int threads) {
    this.samples = samples;
    this.lattice = lattice;
    this.threads = samples.threads(threads);
    shares = new BSplineAxis[] {axes[0].shares(), axes[1].shares(), axes[2].shares()};
    BSplineAxis[] squares = {axes[0].squares(), axes[1].squares(), axes[2].squares()};
    denominator = sums(squares, (from, to, out) -> Arrays.fill(out, 0, to - from, 1));
  }

  /** The approximation; control points that no sample reaches are 0. */
  BSplineLattice fit(Values values) {
    double[] numerator = sums(shares, values);
    Arrays.setAll(numerator, c -> denominator[c] > 0 ? numerator[c] / denominator[c] : 0);
    return lattice.of(numerator);
  }

  private double[] sums(BSplineAxis[] axes, Values values) {
    int width = axes[2].controlPoints();
    double[] rows = new double[samples.slices() * samples.rowsPerSlice() * width];
    Parallel.forEach(
        samples.blocks(), threads, "bias field", block -> rows(block, axes[2], values, rows));
    double[][] planes = new double[samples.slices()][];
    Parallel.forEach(
        planes.length, threads, "bias field", z -> planes[z] = plane(z, axes[1], width, rows));
    double[] out = new double[lattice.values().length];
    for (int z = 0; z < planes.length; z++) {
      spread(planes[z], 0, planes[z].length, axes[0], z, out);
    }
    return out;
  }

  private void rows(int block, BSplineAxis axis, Values values, double[] rows) {
    double[] row = new double[samples.columns()];
    for (int r = samples.firstRow(block); r < samples.firstRow(block + 1); r++) {
      int start = samples.start(r);
      if (start == samples.start(r + 1)) {
        continue;
      }
      values.read(start, samples.start(r + 1), row);
      int at = 0;
      for (int run = samples.firstRun(r); run < samples.firstRun(r + 1); run++) {
        int from = samples.from(run);
        int to = samples.to(run);
        axis.collect(row, at, from, to, rows, r * axis.controlPoints());
        at += to - from;
      }
    }
  }

  private double[] plane(int z, BSplineAxis axis, int width, double[] rows) {
    double[] plane = new double[axis.controlPoints() * width];
    for (int y = 0; y < samples.rowsPerSlice(); y++) {
      int row = z * samples.rowsPerSlice() + y;
      if (samples.start(row) < samples.start(row + 1)) {
        spread(rows, row * width, width, axis, y, plane);
      }
    }
    return plane;
  }

  /** Adds a stretch of sums, weighted, to the control points of a slower axis. */
  private static void spread(
      double[] from, int base, int length, BSplineAxis axis, int sample, double[] to) {
    for (int tap = 0; tap < axis.taps(); tap++) {
      double w = axis.weight(tap, sample);
      int at = (axis.first(sample) + tap) * length;
      for (int i = 0; i < length; i++) {
        to[at + i] += w * from[base + i];
      }
    }
  }
}
