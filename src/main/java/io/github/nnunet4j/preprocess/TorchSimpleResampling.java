package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;

/**
 * nnU-Net's {@code resample_torch_simple}: one mode along all axes, whatever the spacing. Labels
 * and rounding as in {@link TorchResampling}.
 *
 * @param mode along all axes
 * @param majority whether a label needs more than half, where nothing has it the label is 0 ({@code
 *     memefficient_seg_resampling})
 */
public record TorchSimpleResampling(TorchMode mode, boolean majority)
    implements Resampling, LabelResampling {
  private TorchPath path(Grid source, Grid target) {
    return TorchPath.of(source.extent(), target.extent(), -1, mode, mode);
  }

  @Override
  public Volume apply(Volume source, Grid target) {
    return apply(source, target, 1);
  }

  @Override
  public Volume apply(Volume source, Grid target, int threads) {
    return source.grid().extent().equals(target.extent())
        ? source.withGrid(target)
        : path(source.grid(), target).resample(source, target, threads);
  }

  @Override
  public SlabResampling slabs(Grid source, Grid target) {
    return path(source, target).slabs();
  }

  @Override
  public LabelMap apply(LabelMap source, Grid target) {
    return apply(source, target, 1);
  }

  @Override
  public LabelMap apply(LabelMap source, Grid target, int threads) {
    return source.grid().extent().equals(target.extent())
        ? source.withGrid(target)
        : path(source.grid(), target).resample(source, target, majority, threads);
  }
}
