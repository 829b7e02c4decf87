package io.github.nnunet4j.train;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.laws.PatchSamplerLaws;
import java.util.Map;
import org.junit.jupiter.api.Nested;

/** The laws on everything built in. */
class BuiltInSamplerLawsTest {
  private static final Extent PATCH = Extent.of(8, 10, 9);
  private static final Extent CUT = Extent.of(11, 14, 12);

  @Nested
  class Standard extends PatchSamplerLaws {
    @Override
    protected PatchSampler sampler() {
      return PatchSamplers.standard(new PatchWindow(CUT, PATCH, false));
    }

    @Override
    protected Extent cut() {
      return CUT;
    }
  }

  @Nested
  class OnAnnotatedVoxels extends PatchSamplerLaws {
    @Override
    protected PatchSampler sampler() {
      return PatchSamplers.standard(new PatchWindow(CUT, PATCH, true));
    }

    @Override
    protected Extent cut() {
      return CUT;
    }
  }

  @Nested
  class TwoDimensional extends PatchSamplerLaws {
    @Override
    protected PatchSampler sampler() {
      return PatchSamplers.standard(new PatchWindow(cut(), Extent.of(1, 10, 9), false));
    }

    @Override
    protected Extent cut() {
      return Extent.of(1, 14, 12);
    }
  }

  @Nested
  class AlwaysForced extends PatchSamplerLaws {
    @Override
    protected PatchSampler sampler() {
      return PatchSamplers.of(new PatchWindow(CUT, PATCH, false), Oversamplings.lastPart(1));
    }

    @Override
    protected Extent cut() {
      return CUT;
    }
  }

  @Nested
  class ForcedByChance extends PatchSamplerLaws {
    @Override
    protected PatchSampler sampler() {
      return PatchSamplers.of(
          new PatchWindow(PATCH, PATCH, false), Oversamplings.probabilistic(0.5));
    }

    @Override
    protected Extent cut() {
      return PATCH;
    }
  }

  @Nested
  class WeightedCases extends PatchSamplerLaws {
    @Override
    protected PatchSampler sampler() {
      return PatchSamplers.of(
          new PatchWindow(CUT, PATCH, false),
          Oversamplings.probabilisticLike(0.33),
          CaseChoices.weighted(
              Map.of("large", 1.0, "background", 2.0, "small", 0.5, "mixed", 1.0)));
    }

    @Override
    protected Extent cut() {
      return CUT;
    }
  }

  @Nested
  class ClassBalanced extends PatchSamplerLaws {
    @Override
    protected PatchSampler sampler() {
      return PatchSamplers.classBalanced(
          new PatchWindow(CUT, PATCH, false), Oversamplings.lastPart(0.5));
    }

    @Override
    protected Extent cut() {
      return CUT;
    }
  }

  @Nested
  class SliceFirst extends PatchSamplerLaws {
    @Override
    protected PatchSampler sampler() {
      return PatchSamplers.sliceFirst(
          new PatchWindow(cut(), Extent.of(1, 10, 9), true), Oversamplings.lastPart(0.5));
    }

    @Override
    protected Extent cut() {
      return Extent.of(1, 14, 12);
    }
  }

  @Nested
  class AcrossDevices extends PatchSamplerLaws {
    @Override
    protected PatchSampler sampler() {
      return PatchSamplers.of(
          new PatchWindow(CUT, PATCH, false), Oversamplings.acrossDevices(0.33, 2));
    }

    @Override
    protected Extent cut() {
      return CUT;
    }
  }
}
