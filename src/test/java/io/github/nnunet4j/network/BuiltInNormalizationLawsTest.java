package io.github.nnunet4j.network;

import io.github.nnunet4j.laws.NormalizationLaws;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** The laws on everything built in. */
@Tag("engine")
class BuiltInNormalizationLawsTest {
  @Nested
  class Instance extends NormalizationLaws {
    @Override
    protected Normalization normalization() {
      return Normalizations.instance();
    }
  }

  @Nested
  class PlainInstance extends NormalizationLaws {
    @Override
    protected Normalization normalization() {
      return new Normalizations.Instance(1e-5, false);
    }
  }

  @Nested
  class Batch extends NormalizationLaws {
    @Override
    protected Normalization normalization() {
      return Normalizations.batch();
    }
  }

  @Nested
  class PlainBatch extends NormalizationLaws {
    @Override
    protected Normalization normalization() {
      return new Normalizations.Batch(1e-3, false, 0.3);
    }
  }

  @Nested
  class Groups extends NormalizationLaws {
    @Override
    protected Normalization normalization() {
      return Normalizations.group(3);
    }

    @Override
    protected int channels() {
      return 6;
    }
  }

  @Nested
  class FilterResponse extends NormalizationLaws {
    @Override
    protected Normalization normalization() {
      return Normalizations.filterResponse();
    }
  }

  @Nested
  class Layer extends NormalizationLaws {
    @Override
    protected Normalization normalization() {
      return Normalizations.layer();
    }
  }

  @Nested
  class None extends NormalizationLaws {
    @Override
    protected Normalization normalization() {
      return Normalizations.none();
    }
  }
}
