package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.error.PreprocessException;
import io.github.nnunet4j.image.Volume;

/**
 * Replaces what is not a number by 0, as nnU-Net v1 does first. Infinite values are refused. The
 * nonzero crop came before and counted them as not zero.
 */
public record ReplaceNaNStep() implements PreprocessingStep {
  @Override
  public StepState apply(StepState state) {
    Volume image = state.image();
    boolean changed = false;
    float[][] channels = new float[image.channels()][];
    for (int c = 0; c < channels.length; c++) {
      Volume channel = image.channel(c);
      if (channel.notFinite(0).isPresent()) {
        channel = channel.map(value -> Float.isNaN(value) ? 0 : value);
        changed = true;
        channel
            .notFinite(0)
            .ifPresent(
                problem -> {
                  throw new PreprocessException(problem);
                });
      }
      channels[c] = channel.unsafeArray(0);
    }
    return changed ? state.withImage(Volume.wrap(image.grid(), channels)) : state;
  }

  @Override
  public boolean acceptsNotFinite() {
    return true;
  }
}
