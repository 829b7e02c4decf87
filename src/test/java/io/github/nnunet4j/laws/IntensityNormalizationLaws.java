package io.github.nnunet4j.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nnunet4j.fingerprint.IntensityStatistics;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.Mask;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.preprocess.IntensityNormalization;
import io.github.nnunet4j.preprocess.IntensityNormalization.Context;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What every intensity normalization promises. Extend it for one of your own:
 *
 * <pre>{@code
 * class MyIntensityNormalizationTest extends IntensityNormalizationLaws {
 *   protected IntensityNormalization normalization() {
 *     return new MyIntensityNormalization();
 *   }
 * }
 * }</pre>
 */
public abstract class IntensityNormalizationLaws {
  /** The normalization under test. */
  protected abstract IntensityNormalization normalization();

  /** The lowest intensity it is tried on, a whole number. */
  protected int lowest() {
    return -1000;
  }

  /** The highest intensity it is tried on, a whole number. */
  protected int highest() {
    return 3000;
  }

  /**
   * Whether it keeps to the mask where there is one: voxels outside stay what they are and have no
   * influence on those inside.
   */
  protected boolean respectsMask() {
    return false;
  }

  private Volume noise(Grid grid, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[(int) grid.voxels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(lowest(), highest() + 1);
    }
    return Volume.wrap(grid, values);
  }

  private static Volume constant(Grid grid, float value) {
    float[] values = new float[(int) grid.voxels()];
    java.util.Arrays.fill(values, value);
    return Volume.wrap(grid, values);
  }

  private static Grid grid() {
    return Grid.of(3, 7, 5);
  }

  private static Mask mask(Grid grid) {
    boolean[] inside = new boolean[(int) grid.voxels()];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = i % 3 != 0;
    }
    return Mask.wrap(grid, inside);
  }

  /** The statistics of equally frequent intensities, or of one intensity alone. */
  private IntensityStatistics statistics(boolean constant) {
    double middle = (lowest() + highest()) / 2.0;
    double half = constant ? 0 : (highest() - lowest()) / 2.0;
    return IntensityStatistics.builder()
        .mean(middle)
        .median(middle)
        .standardDeviation(half / Math.sqrt(3))
        .minimum(middle - half)
        .maximum(middle + half)
        .percentile00_5(middle - 0.99 * half)
        .percentile99_5(middle + 0.99 * half)
        .build();
  }

  private Context plain() {
    return new Context(Optional.empty(), statistics(false));
  }

  private Context masked(Grid grid) {
    return new Context(Optional.of(mask(grid)), statistics(false));
  }

  private void requireFinite(Volume channel, Context context) {
    Volume out = normalization().apply(channel, context);
    assertThat(out.grid()).isEqualTo(channel.grid());
    assertThat(out.channels()).isEqualTo(1);
    for (float value : out.unsafeArray(0)) {
      assertThat(value).as("voxel of %s with %s", channel, context).isFinite();
    }
  }

  @Test
  void givesOneFiniteChannelOnTheSameGrid() {
    for (Grid grid : List.of(grid(), Grid.of(1, 6, 9), Grid.of(1, 1, 1))) {
      requireFinite(noise(grid, 1), plain());
      requireFinite(noise(grid, 1), masked(grid));
    }
  }

  @Test
  void isFiniteForConstantChannels() {
    for (int value : new int[] {lowest(), 0, highest()}) {
      Volume channel = constant(grid(), Math.max(lowest(), value));
      requireFinite(channel, plain());
      requireFinite(channel, masked(grid()));
      requireFinite(channel, new Context(Optional.empty(), statistics(true)));
    }
  }

  @Test
  void isFiniteWithAnEmptyMask() {
    Mask empty = Mask.wrap(grid(), new boolean[(int) grid().voxels()]);
    requireFinite(noise(grid(), 2), new Context(Optional.of(empty), statistics(false)));
  }

  @Test
  void leavesItsArgumentsUntouched() {
    Volume channel = noise(grid(), 3);
    Context context = masked(grid());
    normalization().apply(channel, context);
    normalization().apply(channel, plain());
    assertThat(channel).isEqualTo(noise(grid(), 3));
    assertThat(context).isEqualTo(masked(grid()));
  }

  @Test
  void dependsOnItsArgumentsAlone() {
    IntensityNormalization asked = normalization();
    Volume first = asked.apply(noise(grid(), 4), plain());
    asked.apply(noise(Grid.of(1, 4, 4), 5), plain());
    asked.apply(noise(grid(), 6), masked(grid()));
    assertThat(asked.apply(noise(grid(), 4), plain())).as("asked again").isEqualTo(first);
    assertThat(normalization().apply(noise(grid(), 4), plain())).as("a new one").isEqualTo(first);
  }

  @Test
  void servesSeveralThreadsAtOnce() {
    IntensityNormalization asked = normalization();
    Stream<Volume> results =
        IntStream.range(0, 64).parallel().mapToObj(i -> asked.apply(noise(grid(), i % 2), plain()));
    List<Volume> all = results.toList();
    for (int i = 0; i < all.size(); i++) {
      assertThat(all.get(i)).isEqualTo(normalization().apply(noise(grid(), i % 2), plain()));
    }
  }

  @Test
  void keepsToTheMaskIfItSaysSo() {
    if (!respectsMask()) {
      return;
    }
    Volume channel = noise(grid(), 7);
    boolean[] inside = mask(grid()).unsafeArray();
    float[] changed = noise(grid(), 8).toArray(0);
    for (int i = 0; i < inside.length; i++) {
      changed[i] = inside[i] ? channel.unsafeArray(0)[i] : changed[i];
    }
    float[] out = normalization().apply(channel, masked(grid())).toArray(0);
    Volume other = Volume.copyOf(grid(), changed);
    float[] outOfOther = normalization().apply(other, masked(grid())).toArray(0);
    for (int i = 0; i < inside.length; i++) {
      assertThat(outOfOther[i])
          .as("voxel %d, %s", i, inside[i] ? "inside" : "outside")
          .isEqualTo(inside[i] ? out[i] : changed[i]);
    }
  }
}
