package io.github.nnunet4j.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nnunet4j.laws.InitialWeightsLaws;
import io.github.nnunet4j.network.Weights;
import io.github.nnunet4j.train.InitialWeights;
import org.junit.jupiter.api.Test;

class OwnInitialWeightsLawsTest extends InitialWeightsLaws {
  private static final Weights OLD =
      Weights.builder().put("stem.weight", new float[] {1, 2}, 2).build();

  @Override
  protected InitialWeights strategy() {
    return new OwnInitialWeights(OLD, 0.5, 0.25);
  }

  @Override
  protected Weights drawn() {
    return Weights.builder()
        .put("stem.weight", new float[] {4, 8}, 2)
        .put("head.bias", new float[] {16}, 1)
        .build();
  }

  @Test
  void mixesOldAndDrawnNumbersAndKeepsNewLayersDrawn() {
    Weights start = strategy().replace(drawn());
    assertThat(start.values("stem.weight")).containsExactly(1.5f, 3);
    assertThat(start.values("head.bias")).containsExactly(16);
  }
}
