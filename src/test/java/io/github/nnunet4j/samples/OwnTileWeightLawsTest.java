package io.github.nnunet4j.samples;

import io.github.nnunet4j.infer.TileWeight;
import io.github.nnunet4j.laws.TileWeightLaws;

class OwnTileWeightLawsTest extends TileWeightLaws {
  @Override
  protected TileWeight weight() {
    return new OwnTileWeight();
  }
}
