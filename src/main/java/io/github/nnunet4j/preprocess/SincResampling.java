package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.Checks;

/**
 * A windowed sinc (Lanczos). Where a grid becomes coarser the kernel is widened by the ratio of the
 * spacings, so that nothing is folded into the image that the grid cannot show; a spline folds.
 * Where a grid becomes finer, five lobes keep waves of two to six voxels better than a cubic spline
 * does, three lobes those of two to four. Edges are continued, weights sum to 1, the result is
 * clipped to the range of values of the source (of each slice if slices are separate). nnU-Net has
 * no such resampling.
 *
 * @param lobes half the width of the kernel in voxels of the coarser grid, 1 to 16; 3 is usual
 * @param orderZ order of the B-spline along a separate axis, 0 to 5
 * @param separateZ whether the axis of thick slices is resampled by itself
 */
public record SincResampling(int lobes, int orderZ, SeparateZ separateZ) implements Resampling {
  private static final int MOST_LOBES = 16;

  /** Checks lobes and order. */
  public SincResampling {
    Checks.argument(
        lobes >= 1 && lobes <= MOST_LOBES,
        "lobes must lie within 1 and %d, was %d",
        MOST_LOBES,
        lobes);
    SplineResampling.requireOrder(orderZ, "orderZ");
  }

  @Override
  public Volume apply(Volume source, Grid target) {
    return apply(source, target, 1);
  }

  @Override
  public Volume apply(Volume source, Grid target, int threads) {
    return source.grid().extent().equals(target.extent())
        ? source.withGrid(target)
        : ResamplingPath.of(this, source.grid(), target).resample(source, target, threads);
  }
}
