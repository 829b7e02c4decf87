package io.github.nnunet4j.samples;

import io.github.nnunet4j.augment.Augmentation;
import io.github.nnunet4j.laws.AugmentationLaws;
import java.util.Map;

class OwnMirroringLawsTest extends AugmentationLaws {
  @Override
  protected Augmentation augmentation() {
    return new OwnMirroring(2, Map.of(1, 2, 2, 1));
  }
}
