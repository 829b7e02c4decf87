package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.laws.LabelResamplingLaws;
import org.junit.jupiter.api.Nested;

/** The laws on everything built in. */
class BuiltInLabelResamplingLawsTest {
  @Nested
  class Default extends LabelResamplingLaws {
    @Override
    protected LabelResampling resampling() {
      return LabelResamplings.labels();
    }
  }

  @Nested
  class Linear extends LabelResamplingLaws {
    @Override
    protected LabelResampling resampling() {
      return LabelResamplings.linear();
    }
  }

  @Nested
  class Nearest extends LabelResamplingLaws {
    @Override
    protected LabelResampling resampling() {
      return LabelResamplings.nearest();
    }
  }

  @Nested
  class Cubic extends LabelResamplingLaws {
    @Override
    protected LabelResampling resampling() {
      return LabelResamplings.spline(3, 1, SeparateZ.AUTO);
    }
  }

  @Nested
  class Threshold extends LabelResamplingLaws {
    @Override
    protected LabelResampling resampling() {
      return new SplineLabelResampling(1, 0, SeparateZ.AUTO, LabelRule.THRESHOLD);
    }
  }

  @Nested
  class Torch extends LabelResamplingLaws {
    @Override
    protected LabelResampling resampling() {
      return Resamplings.torch(SeparateZ.AUTO);
    }
  }

  @Nested
  class Quintic extends LabelResamplingLaws {
    @Override
    protected LabelResampling resampling() {
      return LabelResamplings.spline(5, 4, SeparateZ.ALWAYS);
    }
  }

  @Nested
  class Version1 extends LabelResamplingLaws {
    @Override
    protected LabelResampling resampling() {
      return LabelResamplings.threshold(1, 1, SeparateZ.AUTO);
    }
  }

  @Nested
  class Indicators extends LabelResamplingLaws {
    @Override
    protected LabelResampling resampling() {
      return LabelResamplings.indicators(Resamplings.windowedSinc(3));
    }
  }

  @Nested
  class TorchMajority extends LabelResamplingLaws {
    @Override
    protected LabelResampling resampling() {
      return new TorchResampling(SeparateZ.AUTO, TorchMode.LINEAR, TorchMode.LINEAR, true);
    }
  }

  @Nested
  class TorchSimple extends LabelResamplingLaws {
    @Override
    protected LabelResampling resampling() {
      return Resamplings.torchSimple(TorchMode.LINEAR);
    }
  }
}
