package io.github.nnunet4j.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.internal.Safetensors;
import org.junit.jupiter.api.Test;

class TileWeightsTest {
  private static final Safetensors.Content ARRAYS = InferGolden.tensors("gaussian.safetensors");

  @Test
  void weighsSmallTilesAsTheReference() {
    int seen = 0;
    for (JsonNode c : InferGolden.cases("gaussian.json")) {
      int[] tile = InferGolden.ints(c.get("tile"));
      if (!c.has("stored") || tile.length < 2) {
        continue;
      }
      String name = c.get("name").textValue();
      double sigma = c.get("sigma_scale").doubleValue();
      double peak = c.get("value_scaling").doubleValue();
      requireClose(
          TileWeights.gaussian(sigma, peak).of(Extent.of(tile)),
          ARRAYS.get(name + "/float32").floats(),
          name);
      requireClose(
          TileWeights.gaussian(sigma, 1).of(Extent.of(tile)),
          ARRAYS.get(name + "/v1").floats(),
          name + "/v1");
      seen++;
    }
    assertThat(seen).isEqualTo(12);
  }

  @Test
  void weighsLargeTilesAsTheReference() {
    int seen = 0;
    for (JsonNode c : InferGolden.cases("gaussian.json")) {
      if (c.has("stored")) {
        continue;
      }
      int[] tile = InferGolden.ints(c.get("tile"));
      float[] weights = TileWeights.gaussian().of(Extent.of(tile));
      double sum = 0;
      for (float weight : weights) {
        sum += weight;
      }
      String name = c.get("name").textValue();
      double expected = c.get("sum").doubleValue();
      assertThat(sum).as(name).isCloseTo(expected, within(2e-6 * expected));
      assertThat((double) weights[0]).isCloseTo(c.get("corner_first").doubleValue(), within(1e-15));
      assertThat((double) weights[weights.length - 1])
          .isCloseTo(c.get("corner_last").doubleValue(), within(1e-14));
      for (int axis = 0; axis < tile.length; axis++) {
        float[] line = ARRAYS.get(name + "/centre_line" + axis).floats();
        requireClose(centreLine(weights, tile, axis), line, name + " axis " + axis);
      }
      seen++;
    }
    assertThat(seen).isEqualTo(7);
  }

  @Test
  void givesVoxelsBeyondTheGaussianTheSmallestWeight() {
    float[] weights = TileWeights.gaussian(1e-3, 10).of(Extent.of(4, 4, 4));
    assertThat(weights).containsOnly(10f);
  }

  @Test
  void countsAllVoxelsTheSameIfUniform() {
    assertThat(TileWeights.uniform().of(Extent.of(2, 3))).containsExactly(1, 1, 1, 1, 1, 1);
  }

  @Test
  void printsAndComparesAsValues() {
    assertThat(TileWeights.gaussian()).isEqualTo(TileWeights.gaussian(0.125, 10));
    assertThat(TileWeights.gaussian()).hasToString("Gaussian[sigma=0.125, maximum=10.0]");
    assertThat(TileWeights.uniform()).isEqualTo(TileWeights.uniform());
    assertThatIllegalArgumentException().isThrownBy(() -> TileWeights.gaussian(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> TileWeights.gaussian(1, Double.NaN));
  }

  private static float[] centreLine(float[] weights, int[] tile, int axis) {
    float[] line = new float[tile[axis]];
    for (int i = 0; i < line.length; i++) {
      int index = 0;
      for (int a = 0; a < tile.length; a++) {
        index = index * tile[a] + (a == axis ? i : tile[a] / 2);
      }
      line[i] = weights[index];
    }
    return line;
  }

  private static void requireClose(float[] actual, float[] expected, String name) {
    assertThat(actual).as(name).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      double allowed = 2e-6 * Math.abs(expected[i]) + 1e-15;
      assertThat((double) actual[i])
          .as("%s at %d", name, i)
          .isCloseTo(expected[i], within(allowed));
    }
  }
}
