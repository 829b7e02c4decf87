package io.github.nnunet4j.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.infer.TileWeight;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the weight of every tile promises. Extend it for one of your own:
 *
 * <pre>{@code
 * class MyTileWeightTest extends TileWeightLaws {
 *   protected TileWeight weight() {
 *     return new MyTileWeight();
 *   }
 * }
 * }</pre>
 */
public abstract class TileWeightLaws {
  /** The weight under test. */
  protected abstract TileWeight weight();

  /** Patches of two and three axes, even, odd, flat and large. */
  static Stream<Extent> patches() {
    return Stream.of(
        Extent.of(8, 8),
        Extent.of(7, 20),
        Extent.of(5, 6, 7),
        Extent.of(1, 16, 16),
        Extent.of(1, 1, 1),
        Extent.of(40, 56, 40),
        Extent.of(512, 512));
  }

  @ParameterizedTest
  @MethodSource("patches")
  void givesOnePositiveFiniteWeightPerVoxel(Extent patch) {
    float[] weights = weight().of(patch);
    assertThat(weights.length).isEqualTo((int) patch.voxels());
    for (float value : weights) {
      if (!(value > 0 && value < Float.POSITIVE_INFINITY)) {
        assertThat(value).as("weight of a voxel of %s", patch).isFinite().isPositive();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("patches")
  void givesTheSameAgain(Extent patch) {
    TileWeight asked = weight();
    float[] first = asked.of(patch).clone();
    asked.of(Extent.of(3, 4, 5));
    assertThat(asked.of(patch)).isEqualTo(first);
    assertThat(weight().of(patch)).isEqualTo(first);
  }
}
