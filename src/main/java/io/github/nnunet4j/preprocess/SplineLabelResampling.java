package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;

/**
 * nnU-Net's default resampling of labels ({@code resample_data_or_seg_to_shape} with {@code is_seg}
 * true): the indicator of each label is interpolated and the rule decides; order 0 takes the
 * nearest voxel. Along a separate axis, order 0 moves labels to the nearest slice, higher orders
 * give a label to every voxel where its indicator exceeds a half, and 0 where none does.
 *
 * @param order 0 nearest, 1 linear, 2 quadratic, 3 cubic, 4 quartic, 5 quintic
 * @param orderZ order along the separate axis, if there is one ({@code order_z})
 * @param separateZ whether the axis of thick slices is resampled by itself
 * @param rule how scores decide
 */
public record SplineLabelResampling(int order, int orderZ, SeparateZ separateZ, LabelRule rule)
    implements LabelResampling {
  /** Checks the orders. */
  public SplineLabelResampling {
    SplineResampling.requireOrder(order, "order");
    SplineResampling.requireOrder(orderZ, "orderZ");
  }

  @Override
  public LabelMap apply(LabelMap source, Grid target) {
    return apply(source, target, 1);
  }

  @Override
  public LabelMap apply(LabelMap source, Grid target, int threads) {
    if (source.grid().extent().equals(target.extent())) {
      return source.withGrid(target);
    }
    return LabelMap.wrap(target, LabelPath.resample(this, source, target, threads));
  }
}
