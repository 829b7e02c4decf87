package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.image.Mask;
import io.github.nnunet4j.image.Volume;

/**
 * Says which voxels of a channel are tissue, before anything has been segmented; a pure function
 * that several threads call at once. Built-in ones are in {@link ForegroundRules}.
 */
@FunctionalInterface
public interface ForegroundRule {
  /**
   * The voxels that count.
   *
   * @param channel one channel; untouched
   * @return a mask on the same grid
   */
  Mask mask(Volume channel);
}
