package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.image.Mask;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.Checks;

/**
 * {@code x / divisor}, whatever the values; with a mask, inside of it only. By 255 it is what
 * nnU-Net v1's {@code GenericPreprocessor_scale_uint8_to_0_1} does.
 *
 * @param divisor not 0
 */
public record DivideNormalization(float divisor) implements IntensityNormalization {
  /** Checks the divisor. */
  public DivideNormalization {
    Checks.argument(
        divisor != 0 && Math.abs(divisor) <= Float.MAX_VALUE,
        "the divisor must be a number other than 0, was %s",
        divisor);
  }

  @Override
  public Volume apply(Volume channel, Context context) {
    if (context.mask().isEmpty()) {
      return channel.map(value -> value / divisor);
    }
    boolean[] inside = context.mask().map(Mask::unsafeArray).orElseThrow();
    float[] out = channel.toArray(0);
    for (int i = 0; i < out.length; i++) {
      out[i] = inside[i] ? out[i] / divisor : out[i];
    }
    return Volume.wrap(channel.grid(), out);
  }
}
