package io.github.nnunet4j.laws;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.Shape;
import io.github.nnunet4j.network.Initialization;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every initialization promises, for convolutions of two and three axes, wide, narrow and of
 * one voxel. Extend it for one of your own:
 *
 * <pre>{@code
 * class MyInitializationTest extends InitializationLaws {
 *   protected Initialization initialization() {
 *     return new MyInitialization();
 *   }
 * }
 * }</pre>
 */
public abstract class InitializationLaws {
  /** A new initialization under test; each call makes an equal one. */
  protected abstract Initialization initialization();

  /** Shapes (out, in, kernel...) of weights. */
  static Stream<Shape> shapes() {
    return Stream.of(
        new Shape(8, 1, 3, 3, 3),
        new Shape(4, 16, 1, 3, 3),
        new Shape(16, 2, 1, 1, 1),
        new Shape(8, 4, 2, 2, 2),
        new Shape(6, 3, 3, 3));
  }

  private static float[] draw(Initialization initialization, Shape shape, long seed) {
    return initialization.draw(shape, new SplittableRandom(seed));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void givesAFiniteValueForEveryWeight(Shape shape) {
    float[] weights = draw(initialization(), shape, 1);
    assertThat(weights).hasSize(Math.toIntExact(shape.size()));
    for (float weight : weights) {
      assertThat(weight).as("weight of %s", shape).isFinite();
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void givesTheSameValuesForTheSameSeed(Shape shape) {
    Initialization asked = initialization();
    float[] first = draw(asked, shape, 2);
    draw(asked, new Shape(2, 2, 1, 1), 3);
    assertThat(draw(asked, shape, 2)).as("asked again").isEqualTo(first);
    assertThat(draw(initialization(), shape, 2)).as("a new one").isEqualTo(first);
    assertThat(draw(asked, shape, 4)).as("another seed").isNotEqualTo(first);
  }

  /** Equal filters get equal gradients and stay equal for ever. */
  @ParameterizedTest
  @MethodSource("shapes")
  void letsNoTwoFiltersBeginAlike(Shape shape) {
    float[] weights = draw(initialization(), shape, 5);
    int filters = Math.toIntExact(shape.get(0));
    int size = weights.length / filters;
    assertThat(
            IntStream.range(0, filters)
                .mapToObj(
                    f -> Arrays.toString(Arrays.copyOfRange(weights, f * size, (f + 1) * size))))
        .as("filters of %s", shape)
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void servesSeveralThreadsAtOnce(Shape shape) {
    Initialization asked = initialization();
    IntStream.range(0, 16)
        .parallel()
        .mapToObj(i -> draw(asked, shape, i % 2))
        .toList()
        .forEach(weights -> assertThat(weights).isIn(draw(asked, shape, 0), draw(asked, shape, 1)));
  }
}
