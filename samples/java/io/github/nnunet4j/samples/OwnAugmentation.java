package io.github.nnunet4j.samples;

import io.github.nnunet4j.augment.Augmentation;
import io.github.nnunet4j.augment.Augmentations;
import io.github.nnunet4j.augment.Sample;
import io.github.nnunet4j.image.Extent;

/** An augmentation of one's own: images get darker, behind nnU-Net's default chain. */
public final class OwnAugmentation {
  private OwnAugmentation() {}

  /** Draws first, applies second; all randomness comes from the argument. */
  public static Augmentation darken() {
    return (sample, random) -> {
      float factor = 0.8f + 0.2f * random.nextFloat();
      return new Sample(sample.image().map(v -> v * factor), sample.labels());
    };
  }

  /** The default chain for a patch, then darken every third sample. */
  public static Augmentation chain(Extent patch) {
    return Augmentations.standard(patch).then(darken().withProbability(1 / 3.0));
  }
}
