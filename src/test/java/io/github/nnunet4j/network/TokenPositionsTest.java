package io.github.nnunet4j.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nnunet4j.error.ModelException;
import io.github.nnunet4j.image.Extent;
import org.junit.jupiter.api.Test;

class TokenPositionsTest {
  private static final String NAME = "eva.pos_embed";

  /** One number per token and a constant beside it. */
  private static Weights weights(float... perToken) {
    float[] values = new float[2 * perToken.length];
    for (int i = 0; i < perToken.length; i++) {
      values[2 * i] = perToken[i];
      values[2 * i + 1] = 7;
    }
    return Weights.builder()
        .put("mask_token", new float[] {1, 2}, 1, 1, 2)
        .put(NAME, values, 1, perToken.length, 2)
        .put("eva.norm.weight", new float[] {3, 4}, 2)
        .build();
  }

  private static float[] positions(Weights weights) {
    float[] all = weights.values(NAME);
    float[] first = new float[all.length / 2];
    for (int i = 0; i < first.length; i++) {
      first[i] = all[2 * i];
      assertThat(all[2 * i + 1]).isCloseTo(7, within(1e-5f));
    }
    return first;
  }

  @Test
  void interpolatesBetweenTheCentresOfTokens() {
    Weights given = weights(0, 4, 10, 14); // 1 x 2 x 2 tokens
    Weights larger = Primus.resized(given, Extent.of(8, 16, 16), Extent.of(8, 16, 32));
    assertThat(larger.shape(NAME)).containsExactly(1L, 8L, 2L);
    assertThat(positions(larger)).containsExactly(new float[] {0, 1, 3, 4, 10, 11, 13, 14});
    Weights deeper = Primus.resized(given, Extent.of(8, 16, 16), Extent.of(16, 16, 16));
    assertThat(positions(deeper)).containsExactly(0, 4, 10, 14, 0, 4, 10, 14);
    Weights smaller = Primus.resized(given, Extent.of(8, 16, 16), Extent.of(8, 8, 16));
    assertThat(positions(smaller)).containsExactly(5, 9);
    assertThat(larger.names()).containsExactly("mask_token", NAME, "eva.norm.weight");
    assertThat(larger.values("eva.norm.weight")).containsExactly(3, 4);
    assertThat(Primus.resized(given, Extent.of(8, 16, 16), Extent.of(8, 16, 16))).isEqualTo(given);
  }

  @Test
  void refusesOtherWeightsOrPatches() {
    Weights given = weights(0, 4, 10, 14);
    Extent patch = Extent.of(8, 16, 32);
    assertThatThrownBy(() -> Primus.resized(given, patch, patch))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("expected shape [1, 8, width], as a patch of 8x16x32 has it")
        .hasMessageContaining("found shape [1, 4, 2]");
    Weights none = Weights.builder().put("x", new float[1], 1).build();
    assertThatThrownBy(() -> Primus.resized(none, patch, patch))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("found nothing");
  }
}
