package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.image.Mask;
import io.github.nnunet4j.image.Volume;
import java.util.Optional;

/**
 * Another normalization, after which voxels outside of the mask are 0, as in nnU-Net v1; without a
 * mask nothing else happens.
 *
 * @param inside what happens to the voxels inside
 */
public record ZeroOutsideNormalization(IntensityNormalization inside)
    implements IntensityNormalization {
  @Override
  public Volume apply(Volume channel, Context context) {
    Volume result = inside.apply(channel, context);
    Optional<Mask> mask = context.mask();
    if (mask.isEmpty()) {
      return result;
    }
    boolean[] kept = mask.get().unsafeArray();
    float[] out = result.toArray(0);
    for (int i = 0; i < out.length; i++) {
      out[i] = kept[i] ? out[i] : 0;
    }
    return Volume.wrap(channel.grid(), out);
  }
}
