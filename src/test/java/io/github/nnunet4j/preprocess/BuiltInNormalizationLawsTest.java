package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.laws.IntensityNormalizationLaws;
import org.junit.jupiter.api.Nested;

/** The laws on everything built in. */
class BuiltInNormalizationLawsTest {
  @Nested
  class ZScore extends IntensityNormalizationLaws {
    @Override
    protected IntensityNormalization normalization() {
      return IntensityNormalizations.zScore();
    }

    @Override
    protected boolean respectsMask() {
      return true;
    }
  }

  @Nested
  class Ct extends IntensityNormalizationLaws {
    @Override
    protected IntensityNormalization normalization() {
      return IntensityNormalizations.ct();
    }
  }

  @Nested
  class None extends IntensityNormalizationLaws {
    @Override
    protected IntensityNormalization normalization() {
      return IntensityNormalizations.none();
    }
  }

  @Nested
  class RescaleTo01 extends IntensityNormalizationLaws {
    @Override
    protected IntensityNormalization normalization() {
      return IntensityNormalizations.rescaleTo01();
    }
  }

  @Nested
  class RgbTo01 extends IntensityNormalizationLaws {
    @Override
    protected IntensityNormalization normalization() {
      return IntensityNormalizations.rgbTo01();
    }

    @Override
    protected int lowest() {
      return 0;
    }

    @Override
    protected int highest() {
      return 255;
    }
  }

  @Nested
  class NonCt extends IntensityNormalizationLaws {
    @Override
    protected IntensityNormalization normalization() {
      return IntensityNormalizations.nonCt();
    }
  }

  @Nested
  class CtV1 extends IntensityNormalizationLaws {
    @Override
    protected IntensityNormalization normalization() {
      return IntensityNormalizations.ctV1();
    }
  }

  @Nested
  class Ct2 extends IntensityNormalizationLaws {
    @Override
    protected IntensityNormalization normalization() {
      return IntensityNormalizations.ct2();
    }
  }

  @Nested
  class Divide extends IntensityNormalizationLaws {
    @Override
    protected IntensityNormalization normalization() {
      return IntensityNormalizations.divideBy(255);
    }

    @Override
    protected boolean respectsMask() {
      return true;
    }
  }

  @Nested
  class Clip extends IntensityNormalizationLaws {
    @Override
    protected IntensityNormalization normalization() {
      return IntensityNormalizations.clip(-100, 400);
    }
  }

  @Nested
  class Percentiles extends IntensityNormalizationLaws {
    @Override
    protected IntensityNormalization normalization() {
      return IntensityNormalizations.clipPercentiles(0.5, 99.5);
    }

    @Override
    protected boolean respectsMask() {
      return true;
    }
  }

  @Nested
  class Chain extends IntensityNormalizationLaws {
    @Override
    protected IntensityNormalization normalization() {
      return IntensityNormalizations.clipPercentiles(1, 99).then(IntensityNormalizations.zScore());
    }

    @Override
    protected boolean respectsMask() {
      return true;
    }
  }
}
