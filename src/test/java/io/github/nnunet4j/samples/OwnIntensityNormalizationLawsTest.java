package io.github.nnunet4j.samples;

import io.github.nnunet4j.laws.IntensityNormalizationLaws;
import io.github.nnunet4j.preprocess.IntensityNormalization;

class OwnIntensityNormalizationLawsTest extends IntensityNormalizationLaws {
  @Override
  protected IntensityNormalization normalization() {
    return new OwnIntensityNormalization();
  }
}
