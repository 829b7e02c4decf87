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
   * The normalized channel, computed by several threads where the strategy can; the result does not
   * depend on their number.
   *
   * @param channel one channel; untouched
   * @param context what else is known
   * @param threads at most so many, at least 1
   * @return one channel on the same grid
   */
  default Volume apply(Volume channel, Context context, int threads) {
    return apply(channel, context);
  }

  /**
   * This normalization and then another on its result, with the same context: the statistics and
   * the mask stay those of the image as it was. Print and equality are those of both.
   *
   * @param next comes second
   * @return both in a row
   */
  default IntensityNormalization then(IntensityNormalization next) {
    return new NormalizationChain(this, next);
  }

  /**
   * What a normalization may look at besides the voxels.
   *
   * @param mask the nonzero region (holes filled) if the plan says that this channel is normalized
   *     inside it only ({@code use_mask_for_norm}), else empty
   * @param statistics foreground intensities of the channel over the training cases
   */
  record Context(Optional<Mask> mask, IntensityStatistics statistics) {}
}
