package io.github.nnunet4j.samples;

import io.github.nnunet4j.laws.ResamplingLaws;
import io.github.nnunet4j.preprocess.Resampling;

class OwnResamplingLawsTest extends ResamplingLaws {
  @Override
  protected Resampling resampling() {
    return new OwnResampling();
  }
}
