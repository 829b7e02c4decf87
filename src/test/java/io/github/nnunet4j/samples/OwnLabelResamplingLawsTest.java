package io.github.nnunet4j.samples;

import io.github.nnunet4j.laws.LabelResamplingLaws;
import io.github.nnunet4j.preprocess.LabelResampling;

class OwnLabelResamplingLawsTest extends LabelResamplingLaws {
  @Override
  protected LabelResampling resampling() {
    return new OwnLabelResampling();
  }
}
