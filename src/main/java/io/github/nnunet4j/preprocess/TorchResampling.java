package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;

/**
 * The linear resampling of nnU-Net's torch planners ({@code resample_torch_fornnunet}): images and
 * logits linearly, labels by the largest linearly interpolated indicator (compared in half
 * precision, ties to the smallest label); along an axis of thick slices the nearest slice ({@code
 * nearest-exact}). Positions are computed in single precision.
 *
 * @param separateZ whether the axis of thick slices is resampled by itself
 */
public record TorchResampling(SeparateZ separateZ) implements Resampling, LabelResampling {
  private LinearAxis[] axes(Grid source, Grid target) {
    int separate = separateZ.axis(source.spacing(), target.spacing()).orElse(-1);
    Extent in = source.extent();
    Extent out = target.extent();
    LinearAxis[] axes = new LinearAxis[3];
    for (int a = 0; a < 3; a++) {
      axes[a] = LinearAxis.torch(in.get(a), out.get(a), a == separate ? 0 : 1);
    }
    return axes;
  }

  private LinearSlabs linear(Grid source, Grid target) {
    LinearAxis[] axes = axes(source, target);
    return LinearSlabs.of(axes[0], axes[1], axes[2]);
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
    LinearSlabs slabs = linear(source.grid(), target);
    float[][] out = new float[source.channels()][];
    for (int c = 0; c < out.length; c++) {
      out[c] = slabs.whole(source.unsafeArray(c), threads);
    }
    return Volume.wrap(target, out);
  }

  @Override
  public SlabResampling slabs(Grid source, Grid target) {
    return linear(source, target);
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
    LinearAxis[] axes = axes(source.grid(), target);
    return LabelMap.wrap(
        target,
        LinearLabels.torch(axes[0], axes[1], axes[2]).resample(source.unsafeArray(), threads));
  }
}
