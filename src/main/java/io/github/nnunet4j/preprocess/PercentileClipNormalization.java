package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.image.Mask;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.Checks;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Clipping to two percentiles of the channel itself (linear between neighbours, as NumPy's
 * default); the unit stays. With a mask, the percentiles are those of the voxels inside; voxels
 * outside stay what they are, and an empty mask changes nothing.
 *
 * @param lower from 0 to upper
 * @param upper from lower to 100
 */
public record PercentileClipNormalization(double lower, double upper)
    implements IntensityNormalization {
  /** Checks the percentiles. */
  public PercentileClipNormalization {
    Checks.argument(
        lower >= 0 && lower <= upper && upper <= 100,
        "percentiles lie within 0 and 100, the lower not above the upper; were %s and %s",
        lower,
        upper);
  }

  @Override
  public Volume apply(Volume channel, Context context) {
    float[] in = channel.unsafeArray(0);
    boolean[] inside = context.mask().map(Mask::unsafeArray).orElse(null);
    float[] sorted = chosen(in, inside);
    if (sorted.length == 0) {
      return channel;
    }
    Arrays.sort(sorted);
    float low = (float) percentile(sorted, lower);
    float high = (float) percentile(sorted, upper);
    float[] out = new float[in.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = inside == null || inside[i] ? Math.min(Math.max(in[i], low), high) : in[i];
    }
    return Volume.wrap(channel.grid(), out);
  }

  private static float[] chosen(float[] in, boolean @Nullable [] inside) {
    if (inside == null) {
      return in.clone();
    }
    float[] kept = new float[in.length];
    int count = 0;
    for (int i = 0; i < in.length; i++) {
      if (inside[i]) {
        kept[count++] = in[i];
      }
    }
    return Arrays.copyOf(kept, count);
  }

  private static double percentile(float[] sorted, double q) {
    double position = q / 100 * (sorted.length - 1);
    int below = (int) Math.floor(position);
    int above = Math.min(below + 1, sorted.length - 1);
    double t = position - below;
    return sorted[below] + t * ((double) sorted[above] - sorted[below]);
  }
}
