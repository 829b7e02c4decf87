package io.github.nnunet4j.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.preprocess.Resampling;
import io.github.nnunet4j.preprocess.SlabResampling;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every resampling of images and logits promises. Extend it for one of your own:
 *
 * <pre>{@code
 * class MyResamplingTest extends ResamplingLaws {
 *   protected Resampling resampling() {
 *     return new MyResampling();
 *   }
 * }
 * }</pre>
 */
public abstract class ResamplingLaws {
  /** The resampling under test. */
  protected abstract Resampling resampling();

  /** Pairs of grids: finer and coarser, thick slices, a single slice, equal, a single voxel. */
  static Stream<Arguments> grids() {
    return Stream.of(
        Arguments.of(grid(6, 7, 8, 1, 1, 1), grid(9, 14, 5, 2 / 3.0, 0.5, 1.6)),
        Arguments.of(grid(4, 8, 9, 5, 1, 1), grid(10, 6, 9, 2, 4 / 3.0, 1)),
        Arguments.of(grid(1, 8, 6, 1, 0.5, 0.5), grid(1, 5, 12, 1, 0.8, 0.25)),
        Arguments.of(grid(5, 6, 7, 2, 1, 1), grid(5, 6, 7, 2, 1, 1)),
        Arguments.of(grid(2, 2, 2, 1, 1, 1), grid(1, 1, 1, 2, 2, 2)));
  }

  private static Grid grid(int z, int y, int x, double sz, double sy, double sx) {
    return Grid.of(Extent.of(z, y, x), Spacing.millimetres(sz, sy, sx));
  }

  private static Volume noise(Grid grid, int channels) {
    SplittableRandom random = new SplittableRandom(4);
    float[][] values = new float[channels][(int) grid.voxels()];
    for (float[] channel : values) {
      for (int i = 0; i < channel.length; i++) {
        channel[i] = (float) random.nextGaussian(50, 100);
      }
    }
    return Volume.wrap(grid, values);
  }

  @ParameterizedTest
  @MethodSource("grids")
  void fillsTheTargetGridWithFiniteChannels(Grid source, Grid target) {
    Volume out = resampling().apply(noise(source, 2), target);
    assertThat(out.grid()).isEqualTo(target);
    assertThat(out.channels()).isEqualTo(2);
    for (int c = 0; c < 2; c++) {
      for (float value : out.unsafeArray(c)) {
        assertThat(value).isFinite();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("grids")
  void leavesItsArgumentUntouchedAndGivesTheSameAgain(Grid source, Grid target) {
    Volume volume = noise(source, 2);
    Resampling asked = resampling();
    Volume first = asked.apply(volume, target);
    assertThat(volume).isEqualTo(noise(source, 2));
    assertThat(asked.apply(volume, target)).as("asked again").isEqualTo(first);
    assertThat(resampling().apply(volume, target)).as("a new one").isEqualTo(first);
  }

  @ParameterizedTest
  @MethodSource("grids")
  void givesTheSameWithAnyNumberOfThreads(Grid source, Grid target) {
    Volume volume = noise(source, 3);
    Volume alone = resampling().apply(volume, target, 1);
    assertThat(alone).isEqualTo(resampling().apply(volume, target));
    assertThat(resampling().apply(volume, target, 2)).isEqualTo(alone);
    assertThat(resampling().apply(volume, target, 7)).isEqualTo(alone);
  }

  @ParameterizedTest
  @MethodSource("grids")
  void keepsAConstant(Grid source, Grid target) {
    Volume out = resampling().apply(noise(source, 1).map(value -> 8), target);
    for (float value : out.unsafeArray(0)) {
      assertThat(value).isCloseTo(8, offset(1e-4f));
    }
  }

  @ParameterizedTest
  @MethodSource("grids")
  void slabsArePartsOfTheWhole(Grid source, Grid target) {
    Volume volume = noise(source, 2);
    SlabResampling slabs = resampling().slabs(source, target);
    assertThat(slabs.target()).isEqualTo(target.extent());
    int slices = target.extent().get(0);
    assertThat(slabs.slices()).isBetween(1, slices);
    int plane = target.extent().get(1) * target.extent().get(2);
    for (int step : new int[] {1, slabs.slices(), slices}) {
      for (int c = 0; c < 2; c++) {
        float[] whole = resampling().apply(volume.channel(c), target).toArray(0);
        float[] channel = volume.toArray(c);
        for (int from = 0; from < slices; from += step) {
          int to = Math.min(slices, from + step);
          float[] slab = new float[(to - from) * plane];
          slabs.slab(channel, from, to, slab);
          assertThat(slab).isEqualTo(Arrays.copyOfRange(whole, from * plane, to * plane));
        }
        assertThat(channel).isEqualTo(volume.unsafeArray(c));
      }
    }
  }
}
