package io.github.nnunet4j.plan;

import io.github.nnunet4j.dataset.Channel;
import io.github.nnunet4j.fingerprint.Fingerprint;
import io.github.nnunet4j.preprocess.IntensityNormalization;

/**
 * Decides whether a channel is normalized inside the nonzero region alone ({@code
 * use_mask_for_norm}). The reference does so where cropping to the nonzero region keeps less than
 * three quarters of the voxels (median over the cases): such images are masked already.
 */
@FunctionalInterface
public interface MaskRule {
  /**
   * Whether the normalization is given the nonzero region.
   *
   * @param channel what the data set calls it
   * @param normalization what was chosen for it
   * @param fingerprint of the data set
   * @return true for statistics of the nonzero region
   */
  boolean useMask(Channel channel, IntensityNormalization normalization, Fingerprint fingerprint);
}
