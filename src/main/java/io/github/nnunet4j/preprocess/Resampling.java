package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.Volume;

/**
 * Brings float channels (images, logits, probabilities) onto another grid; a pure function that
 * several threads call at once. A constant channel stays constant.
 */
@FunctionalInterface
public interface Resampling {
  /**
   * The resampled volume.
   *
   * @param source all channels on their own grid; untouched
   * @param target the grid to fill; extent and spacing count, the outer edges of both grids
   *     coincide
   * @return the same channels on the target grid
   */
  Volume apply(Volume source, Grid target);

  /**
   * The resampled volume, computed by several threads where the strategy can; the result does not
   * depend on their number.
   *
   * @param source all channels on their own grid; untouched
   * @param target the grid to fill
   * @param threads at most so many, at least 1
   * @return the same channels on the target grid
   */
  default Volume apply(Volume source, Grid target, int threads) {
    return apply(source, target);
  }

  /**
   * The same resampling, one channel and one range of slices at a time, for results too large to
   * hold. The numbers are those of {@link #apply(Volume, Grid)} applied to each channel by itself.
   * Unless a strategy overrides this, every call resamples a whole channel, so the only cheap range
   * is all slices.
   *
   * @param source grid of the channels
   * @param target the grid to fill
   * @return the resampling between the two grids
   */
  default SlabResampling slabs(Grid source, Grid target) {
    return new WholeChannelSlabs(this, source, target);
  }
}
