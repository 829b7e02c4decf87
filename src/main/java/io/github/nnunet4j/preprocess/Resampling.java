package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.Volume;

/** Brings float channels (images, logits, probabilities) onto another grid; a pure function. */
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
}
