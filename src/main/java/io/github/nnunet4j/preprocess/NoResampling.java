package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;

/**
 * Leaves voxels and extent as they are, whatever the target grid (nnU-Net v2 {@code
 * no_resampling_hack}): the result keeps the extent of the source. For images and for labels.
 */
public record NoResampling() implements Resampling, LabelResampling {
  @Override
  public Volume apply(Volume source, Grid target) {
    return source;
  }

  @Override
  public LabelMap apply(LabelMap source, Grid target) {
    return source;
  }

  @Override
  public SlabResampling slabs(Grid source, Grid target) {
    return LinearSlabs.of(new int[3], source.extent(), source.extent());
  }
}
