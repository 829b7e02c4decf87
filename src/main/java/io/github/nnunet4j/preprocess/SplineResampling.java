package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.Checks;

/**
 * nnU-Net's default resampling of images and logits ({@code resample_data_or_seg_to_shape} with
 * {@code is_seg} false): a B-spline of the given order through the voxels, edges continued, the
 * result clipped to the range of values of the source (of each slice if slices are separate; the
 * step along the separate axis is not clipped). An axis of equal size on both grids stays as it is.
 *
 * @param order 0 nearest, 1 linear, 2 quadratic, 3 cubic
 * @param orderZ order along the separate axis, if there is one ({@code order_z})
 * @param separateZ whether the axis of thick slices is resampled by itself
 */
public record SplineResampling(int order, int orderZ, SeparateZ separateZ) implements Resampling {
  static final int HIGHEST = 3;

  /** Checks the orders. */
  public SplineResampling {
    requireOrder(order, "order");
    requireOrder(orderZ, "orderZ");
  }

  static void requireOrder(int order, String name) {
    Checks.argument(
        order >= 0 && order <= HIGHEST, "%s must lie within 0 and 3, was %d", name, order);
  }

  @Override
  public Volume apply(Volume source, Grid target) {
    return apply(source, target, 1);
  }

  @Override
  public Volume apply(Volume source, Grid target, int threads) {
    if (source.grid().extent().equals(target.extent())) {
      return source.withGrid(target);
    }
    ResamplingPath path = ResamplingPath.of(this, source.grid(), target);
    float[][] out = new float[source.channels()][];
    for (int c = 0; c < out.length; c++) {
      out[c] = path.resample(source.unsafeArray(c), threads);
    }
    return Volume.wrap(target, out);
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
