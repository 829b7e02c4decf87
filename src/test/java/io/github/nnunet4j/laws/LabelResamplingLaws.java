package io.github.nnunet4j.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.preprocess.LabelResampling;
import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every resampling of labels promises. Extend it for one of your own:
 *
 * <pre>{@code
 * class MyLabelResamplingTest extends LabelResamplingLaws {
 *   protected LabelResampling resampling() {
 *     return new MyLabelResampling();
 *   }
 * }
 * }</pre>
 */
public abstract class LabelResamplingLaws {
  private static final short[] LABELS = {-1, 0, 1, 2, 7, 300};

  /** The resampling under test. */
  protected abstract LabelResampling resampling();

  /** The pairs of grids that images are tried on too. */
  static Stream<Arguments> grids() {
    return ResamplingLaws.grids();
  }

  private static LabelMap noise(Grid grid) {
    SplittableRandom random = new SplittableRandom(6);
    short[] labels = new short[(int) grid.voxels()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = LABELS[random.nextInt(LABELS.length)];
    }
    return LabelMap.wrap(grid, labels);
  }

  @ParameterizedTest
  @MethodSource("grids")
  void fillsTheTargetGridWithoutInventingLabels(Grid source, Grid target) {
    LabelMap out = resampling().apply(noise(source), target);
    assertThat(out.grid()).isEqualTo(target);
    Set<Integer> allowed = new TreeSet<>(Set.of(0));
    Arrays.stream(noise(source).distinct()).forEach(allowed::add);
    assertThat(allowed).containsAll(Arrays.stream(out.distinct()).boxed().toList());
  }

  @ParameterizedTest
  @MethodSource("grids")
  void leavesItsArgumentUntouchedAndGivesTheSameAgain(Grid source, Grid target) {
    LabelMap labels = noise(source);
    LabelResampling asked = resampling();
    LabelMap first = asked.apply(labels, target);
    assertThat(labels).isEqualTo(noise(source));
    assertThat(asked.apply(labels, target)).as("asked again").isEqualTo(first);
    assertThat(resampling().apply(labels, target)).as("a new one").isEqualTo(first);
  }

  @ParameterizedTest
  @MethodSource("grids")
  void givesTheSameWithAnyNumberOfThreads(Grid source, Grid target) {
    LabelMap alone = resampling().apply(noise(source), target, 1);
    assertThat(alone).isEqualTo(resampling().apply(noise(source), target));
    assertThat(resampling().apply(noise(source), target, 2)).isEqualTo(alone);
    assertThat(resampling().apply(noise(source), target, 7)).isEqualTo(alone);
  }

  @ParameterizedTest
  @MethodSource("grids")
  void keepsAConstant(Grid source, Grid target) {
    for (short label : LABELS) {
      short[] labels = new short[(int) source.voxels()];
      Arrays.fill(labels, label);
      LabelMap out = resampling().apply(LabelMap.wrap(source, labels), target);
      assertThat(out.distinct()).containsExactly(label);
    }
  }
}
