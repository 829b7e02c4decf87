package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.fingerprint.IntensityStatistics;
import io.github.nnunet4j.image.Mask;
import io.github.nnunet4j.image.Volume;
import java.util.Optional;

/**
 * Maps the intensities of one channel to what the network likes; a pure function that several
 * threads call at once. Finite intensities stay finite, in constant channels and with empty masks
 * too.
 */
@FunctionalInterface
public interface IntensityNormalization {
  /**
   * The normalized channel.
   *
   * @param channel one channel, cropped to nonzero, on the image's own spacing; untouched
   * @param context what else is known
   * @return one channel on the same grid
   */
  Volume apply(Volume channel, Context context);

  /**
   * What a normalization may look at besides the voxels.
   *
   * @param mask the nonzero region (holes filled) if the plan says that this channel is normalized
   *     inside it only ({@code use_mask_for_norm}), else empty
   * @param statistics foreground intensities of the channel over the training cases
   */
  record Context(Optional<Mask> mask, IntensityStatistics statistics) {}
}
