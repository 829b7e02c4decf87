package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.laws.IntensityNormalizationLaws;
import org.junit.jupiter.api.Nested;

/** The laws on bias field correction, alone and before another normalization. */
class BiasFieldNormalizationLawsTest {
  private static final N4BiasField N4 = N4BiasField.builder().maximumIterations(5, 3).build();

  @Nested
  class Alone extends IntensityNormalizationLaws {
    @Override
    protected IntensityNormalization normalization() {
      return N4.normalization();
    }
  }

  @Nested
  class BeforeZScore extends IntensityNormalizationLaws {
    @Override
    protected IntensityNormalization normalization() {
      N4BiasField otsu = N4.toBuilder().foreground(ForegroundRules.otsu()).build();
      return otsu.normalization().then(IntensityNormalizations.zScore());
    }
  }
}
