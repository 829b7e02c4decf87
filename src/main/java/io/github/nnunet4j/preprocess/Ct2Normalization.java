package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.image.Mask;
import io.github.nnunet4j.image.Volume;

/**
 * nnU-Net v1's {@code CT2}: clipping to the percentiles 0.5 and 99.5 of the training foreground,
 * then {@code (x - mean) / sd} with mean and population standard deviation of those voxels of the
 * case itself that lie strictly between the two. With a mask, voxels outside become 0; it does not
 * change the statistics.
 *
 * <p>A case without a voxel between the two, where nnU-Net gives NaN, becomes 0 everywhere; one
 * whose voxels between them are all equal is divided by 1e-8.
 */
public record Ct2Normalization() implements IntensityNormalization {
  private static final double SMALLEST = 1e-8;

  @Override
  public Volume apply(Volume channel, Context context) {
    float low = (float) context.statistics().percentile00_5();
    float high = (float) context.statistics().percentile99_5();
    float[] in = channel.unsafeArray(0);
    boolean[] between = new boolean[in.length];
    boolean any = false;
    for (int i = 0; i < in.length; i++) {
      between[i] = in[i] > low && in[i] < high;
      any |= between[i];
    }
    float[] out = new float[in.length];
    if (any) {
      MeanDeviation moments = MeanDeviation.of(in, between);
      double scale = Math.max(moments.standardDeviation(), SMALLEST);
      boolean[] inside = context.mask().map(Mask::unsafeArray).orElse(null);
      for (int i = 0; i < out.length; i++) {
        if (inside == null || inside[i]) {
          double clipped = Math.min(Math.max(in[i], low), high);
          out[i] = (float) ((clipped - moments.mean()) / scale);
        }
      }
    }
    return Volume.wrap(channel.grid(), out);
  }
}
