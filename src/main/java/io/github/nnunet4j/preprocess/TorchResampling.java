package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;

/**
 * The linear resampling of nnU-Net's torch planners ({@code resample_torch_fornnunet}): images and
 * logits linearly, labels by the largest linearly interpolated indicator; along an axis of thick
 * slices the nearest slice.
 *
 * @param separateZ whether the axis of thick slices is resampled by itself
 */
public record TorchResampling(SeparateZ separateZ) implements Resampling, LabelResampling {
  private SplineResampling linear() {
    return new SplineResampling(1, 0, separateZ);
  }

  @Override
  public Volume apply(Volume source, Grid target) {
    return linear().apply(source, target);
  }

  @Override
  public Volume apply(Volume source, Grid target, int threads) {
    return linear().apply(source, target, threads);
  }

  @Override
  public SlabResampling slabs(Grid source, Grid target) {
    return linear().slabs(source, target);
  }

  @Override
  public LabelMap apply(LabelMap source, Grid target) {
    return apply(source, target, 1);
  }

  @Override
  public LabelMap apply(LabelMap source, Grid target, int threads) {
    return new SplineLabelResampling(1, 0, separateZ, LabelRule.ARGMAX)
        .apply(source, target, threads);
  }
}
