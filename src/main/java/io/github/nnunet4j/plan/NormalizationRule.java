package io.github.nnunet4j.plan;

import io.github.nnunet4j.dataset.Channel;
import io.github.nnunet4j.preprocess.IntensityNormalization;
import io.github.nnunet4j.preprocess.IntensityNormalizations;
import java.util.Locale;

/** Chooses how the intensities of a channel are normalized. */
@FunctionalInterface
public interface NormalizationRule {
  /**
   * The normalization of a channel.
   *
   * @param channel what the data set calls it
   * @return the strategy
   */
  IntensityNormalization choose(Channel channel);

  /**
   * nnU-Net's default: by the channel's name, whatever its case: CT, noNorm, zscore,
   * rescale_to_0_1, rgb_to_0_1; z-score for any other.
   *
   * @return the rule
   */
  static NormalizationRule byChannelName() {
    return channel ->
        switch (channel.name().toLowerCase(Locale.ROOT)) {
          case "ct" -> IntensityNormalizations.ct();
          case "nonorm" -> IntensityNormalizations.none();
          case "rescale_to_0_1" -> IntensityNormalizations.rescaleTo01();
          case "rgb_to_0_1" -> IntensityNormalizations.rgbTo01();
          default -> IntensityNormalizations.zScore();
        };
  }
}
