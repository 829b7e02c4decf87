package io.github.nnunet4j.plan;

import io.github.nnunet4j.dataset.Channel;
import io.github.nnunet4j.preprocess.IntensityNormalization;

/** Chooses how the intensities of a channel are normalized; see {@link NormalizationRules}. */
@FunctionalInterface
public interface NormalizationRule {
  /**
   * The normalization of a channel.
   *
   * @param channel what the data set calls it
   * @return the strategy
   */
  IntensityNormalization choose(Channel channel);
}
