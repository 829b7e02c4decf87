package io.github.nnunet4j.samples;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.laws.PatchSamplerLaws;
import io.github.nnunet4j.train.PatchSampler;

class OwnPatchSamplerLawsTest extends PatchSamplerLaws {
  @Override
  protected PatchSampler sampler() {
    return new OwnPatchSampler(cut(), Extent.of(8, 10, 9));
  }

  @Override
  protected Extent cut() {
    return Extent.of(11, 14, 12);
  }
}
