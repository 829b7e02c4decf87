package io.github.nnunet4j.samples;

import io.github.nnunet4j.augment.Augmentation;
import io.github.nnunet4j.laws.AugmentationLaws;

class OwnChannelChangeLawsTest extends AugmentationLaws {
  @Override
  protected Augmentation augmentation() {
    return OwnChannelChange.speckle();
  }
}
