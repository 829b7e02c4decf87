package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.Checks;
import io.github.nnunet4j.internal.SplineAxis;

/**
 * nnU-Net's default resampling of images and logits ({@code resample_data_or_seg_to_shape} with
 * {@code is_seg} false; {@code resample_patient} of v1 gives the same but for rounding): a B-spline
 * of the given order through the voxels, edges continued, the result clipped to the range of values
 * of the source (of each slice if slices are separate; the step along the separate axis is not
 * clipped). An axis of equal size on both grids stays as it is.
 *
 * @param order 0 nearest, 1 linear, 2 quadratic, 3 cubic, 4 quartic, 5 quintic
 * @param orderZ order along the separate axis, if there is one ({@code order_z})
 * @param separateZ whether the axis of thick slices is resampled by itself
 */
public record SplineResampling(int order, int orderZ, SeparateZ separateZ) implements Resampling {
  /** Checks the orders. */
  public SplineResampling {
    requireOrder(order, "order");
    requireOrder(orderZ, "orderZ");
  }

  static void requireOrder(int order, String name) {
    int highest = SplineAxis.HIGHEST_ORDER;
    Checks.argument(
        order >= 0 && order <= highest,
        "%s must lie within 0 and %d, was %d",
        name,
        highest,
        order);
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

  @Override
  public SlabResampling slabs(Grid source, Grid target) {
    if (source.extent().equals(target.extent())) {
      return LinearSlabs.of(new int[3], source.extent(), target.extent());
    }
    ResamplingPath path = ResamplingPath.of(this, source, target);
    return path.linear() ? path.slabs() : Resampling.super.slabs(source, target);
  }
}
