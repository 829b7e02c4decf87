package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.image.Mask;
import io.github.nnunet4j.image.Volume;

/**
 * nnU-Net v1's {@code nonCT}: {@code (x - mean) / (sd + 1e-8)} with mean and population standard
 * deviation of the channel. With a mask, of the voxels inside; voxels outside become 0.
 */
public record NonCtNormalization() implements IntensityNormalization {
  private static final double SMALLEST = 1e-8;

  @Override
  public Volume apply(Volume channel, Context context) {
    float[] in = channel.unsafeArray(0);
    boolean[] inside = context.mask().map(Mask::unsafeArray).orElse(null);
    MeanDeviation moments = inside == null ? MeanDeviation.of(in) : MeanDeviation.of(in, inside);
    double mean = moments.mean();
    double scale = moments.standardDeviation() + SMALLEST;
    float[] out = new float[in.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = inside == null || inside[i] ? (float) ((in[i] - mean) / scale) : 0;
    }
    return Volume.wrap(channel.grid(), out);
  }
}
