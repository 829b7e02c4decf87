package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.error.StrategyException;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.Volume;

/** Slabs cut out of a whole resampled channel: for strategies that can do nothing smaller. */
record WholeChannelSlabs(Resampling resampling, Grid source, Grid targetGrid)
    implements SlabResampling {
  @Override
  public Extent target() {
    return targetGrid.extent();
  }

  @Override
  public int slices() {
    return Math.max(1, target().get(0));
  }

  @Override
  public void slab(float[] channel, int zFrom, int zTo, float[] out) {
    Volume whole = resampling.apply(Volume.wrap(source, channel), targetGrid);
    if (whole.channels() != 1 || !whole.grid().extent().equals(target())) {
      throw new StrategyException(
          new Problem(
              "resampling " + resampling,
              "1 channel of " + target(),
              whole.channels() + " of " + whole.grid().extent(),
              "A resampling returns the channels it was given on the target grid."));
    }
    int plane = Math.multiplyExact(target().get(1), target().get(2));
    System.arraycopy(whole.unsafeArray(0), zFrom * plane, out, 0, (zTo - zFrom) * plane);
  }
}
