package io.github.nnunet4j.samples;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.laws.PatchSamplerLaws;
import io.github.nnunet4j.train.PatchSampler;
import io.github.nnunet4j.train.PatchWindow;
import java.util.Map;

class OwnCaseChoiceLawsTest extends PatchSamplerLaws {
  @Override
  protected PatchSampler sampler() {
    return new OwnCaseChoice(Map.of("large", "north", "small", "south"))
        .sampler(new PatchWindow(cut(), Extent.of(8, 10, 9), false));
  }

  @Override
  protected Extent cut() {
    return Extent.of(11, 14, 12);
  }
}
