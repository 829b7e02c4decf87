package io.github.nnunet4j.samples;

import io.github.nnunet4j.laws.NormalizationLaws;
import io.github.nnunet4j.network.Normalization;

class OwnNormalizationLawsTest extends NormalizationLaws {
  @Override
  protected Normalization normalization() {
    return new OwnNormalization(1e-5);
  }
}
