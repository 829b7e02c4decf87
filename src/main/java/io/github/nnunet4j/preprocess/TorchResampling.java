package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;

/**
 * The linear resampling of nnU-Net's torch planners ({@code resample_torch_fornnunet}): images and
 * logits linearly, labels by the largest linearly interpolated indicator (compared in half
 * precision, ties to the smallest label); along an axis of thick slices the nearest slice.
 * Positions are computed in single precision.
 *
 * @param separateZ whether the axis of thick slices is resampled by itself
 * @param mode in plane of separate slices; where no axis is separate nnU-Net interpolates linearly,
 *     whatever the mode
 * @param thickMode along the separate axis ({@code aniso_axis_mode})
 * @param majority whether a label needs more than half, where nothing has it the label is 0 ({@code
 *     memefficient_seg_resampling})
 */
public record TorchResampling(
    SeparateZ separateZ, TorchMode mode, TorchMode thickMode, boolean majority)
    implements Resampling, LabelResampling {
  /**
   * The same as the torch planners write it: linear, the nearest slice across thick slices, the
   * largest indicator.
   *
   * @param separateZ whether the axis of thick slices is resampled by itself
   */
  public TorchResampling(SeparateZ separateZ) {
    this(separateZ, TorchMode.LINEAR, TorchMode.NEAREST_EXACT, false);
  }

  private int separate(Grid source, Grid target) {
    return separateZ.axis(source.spacing(), target.spacing()).orElse(-1);
  }

  private TorchPath path(Grid source, Grid target) {
    int axis = separate(source, target);
    TorchMode common = axis < 0 ? TorchMode.LINEAR : mode;
    return TorchPath.of(source.extent(), target.extent(), axis, common, thickMode);
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
    Extent in = source.grid().extent();
    Extent out = target.extent();
    if (in.equals(out)) {
      return source.withGrid(target);
    }
    int axis = separate(source.grid(), target);
    if (axis < 0 || thickMode != TorchMode.LINEAR) {
      return path(source.grid(), target).resample(source, target, majority, threads);
    }
    Extent middle = Extent.of(3, a -> a == axis ? in.get(a) : out.get(a));
    LabelMap planes =
        TorchPath.of(in, middle, axis, mode, TorchMode.NEAREST_EXACT)
            .resample(source, source.grid().withExtent(middle), majority, threads);
    return TorchPath.of(middle, out, axis, TorchMode.NEAREST_EXACT, thickMode)
        .resample(planes, target, majority, threads);
  }
}
