package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.image.Volume;

/**
 * Bias field correction as the step of a recipe that comes before another normalization: {@code
 * N4BiasField.standard().normalization().then(IntensityNormalizations.zScore())}. The tissue is
 * found by the settings' own rule, so the context is not looked at. A channel without any positive
 * voxel has no logarithm and stays what it is.
 *
 * @param settings of the correction
 */
public record BiasFieldNormalization(N4BiasField settings) implements IntensityNormalization {
  @Override
  public Volume apply(Volume channel, Context context) {
    return apply(channel, context, 1);
  }

  @Override
  public Volume apply(Volume channel, Context context, int threads) {
    for (float value : channel.unsafeArray(0)) {
      if (value > 0) {
        return settings.correct(channel, settings.foreground().mask(channel), threads);
      }
    }
    return channel;
  }
}
