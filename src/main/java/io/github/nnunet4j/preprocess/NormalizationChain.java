package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.image.Volume;

/** Two normalizations, one after the other. */
record NormalizationChain(IntensityNormalization first, IntensityNormalization second)
    implements IntensityNormalization {
  @Override
  public Volume apply(Volume channel, Context context) {
    return apply(channel, context, 1);
  }

  @Override
  public Volume apply(Volume channel, Context context, int threads) {
    return second.apply(first.apply(channel, context, threads), context, threads);
  }
}
