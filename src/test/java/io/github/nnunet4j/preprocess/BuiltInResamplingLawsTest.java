package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.laws.ResamplingLaws;
import org.junit.jupiter.api.Nested;

/** The laws on everything built in. */
class BuiltInResamplingLawsTest {
  @Nested
  class Images extends ResamplingLaws {
    @Override
    protected Resampling resampling() {
      return Resamplings.images();
    }
  }

  @Nested
  class Probabilities extends ResamplingLaws {
    @Override
    protected Resampling resampling() {
      return Resamplings.probabilities();
    }
  }

  @Nested
  class Linear extends ResamplingLaws {
    @Override
    protected Resampling resampling() {
      return Resamplings.linear();
    }
  }

  @Nested
  class Nearest extends ResamplingLaws {
    @Override
    protected Resampling resampling() {
      return Resamplings.nearest();
    }
  }

  @Nested
  class Quadratic extends ResamplingLaws {
    @Override
    protected Resampling resampling() {
      return Resamplings.spline(2, 1, SeparateZ.ALWAYS);
    }
  }

  @Nested
  class Torch extends ResamplingLaws {
    @Override
    protected Resampling resampling() {
      return Resamplings.torch(SeparateZ.AUTO);
    }
  }

  @Nested
  class TorchNever extends ResamplingLaws {
    @Override
    protected Resampling resampling() {
      return Resamplings.torch(SeparateZ.NEVER);
    }
  }

  @Nested
  class Lambda extends ResamplingLaws {
    @Override
    protected Resampling resampling() {
      return (source, target) -> Resamplings.linear().apply(source, target);
    }
  }
}
