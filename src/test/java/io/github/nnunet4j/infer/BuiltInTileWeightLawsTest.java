package io.github.nnunet4j.infer;

import io.github.nnunet4j.laws.TileWeightLaws;
import org.junit.jupiter.api.Nested;

/** The laws on everything built in. */
class BuiltInTileWeightLawsTest {
  @Nested
  class Gaussian extends TileWeightLaws {
    @Override
    protected TileWeight weight() {
      return TileWeights.gaussian();
    }
  }

  @Nested
  class Narrow extends TileWeightLaws {
    @Override
    protected TileWeight weight() {
      return TileWeights.gaussian(0.02, 10);
    }
  }

  @Nested
  class Uniform extends TileWeightLaws {
    @Override
    protected TileWeight weight() {
      return TileWeights.uniform();
    }
  }
}
