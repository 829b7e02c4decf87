package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.Checks;

/**
 * Clipping to a fixed window, such as one of CT in Hounsfield units; the unit stays.
 *
 * @param low smaller values become this one
 * @param high larger values become this one
 */
public record ClipNormalization(float low, float high) implements IntensityNormalization {
  /** Checks that the window is one. */
  public ClipNormalization {
    Checks.argument(
        low <= high && !Float.isInfinite(low) && !Float.isInfinite(high),
        "a window has a lower end that is not above the upper one, was %s to %s",
        low,
        high);
  }

  @Override
  public Volume apply(Volume channel, Context context) {
    return channel.map(value -> Math.min(Math.max(value, low), high));
  }
}
