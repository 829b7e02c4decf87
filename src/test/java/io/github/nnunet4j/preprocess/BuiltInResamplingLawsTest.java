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

  @Nested
  class Quartic extends ResamplingLaws {
    @Override
    protected Resampling resampling() {
      return Resamplings.spline(4, 0, SeparateZ.AUTO);
    }
  }

  @Nested
  class Quintic extends ResamplingLaws {
    @Override
    protected Resampling resampling() {
      return Resamplings.spline(5, 5, SeparateZ.ALWAYS);
    }
  }

  @Nested
  class Sinc extends ResamplingLaws {
    @Override
    protected Resampling resampling() {
      return Resamplings.windowedSinc(3);
    }
  }

  @Nested
  class SincAll extends ResamplingLaws {
    @Override
    protected Resampling resampling() {
      return new SincResampling(2, 3, SeparateZ.NEVER);
    }
  }

  @Nested
  class TorchNearest extends ResamplingLaws {
    @Override
    protected Resampling resampling() {
      return Resamplings.torchSimple(TorchMode.NEAREST);
    }
  }

  @Nested
  class TorchModes extends ResamplingLaws {
    @Override
    protected Resampling resampling() {
      return new TorchResampling(SeparateZ.AUTO, TorchMode.NEAREST, TorchMode.LINEAR, false);
    }
  }
}
