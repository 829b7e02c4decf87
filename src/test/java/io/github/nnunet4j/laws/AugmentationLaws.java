package io.github.nnunet4j.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nnunet4j.augment.Augmentation;
import io.github.nnunet4j.augment.Sample;
import io.github.nnunet4j.augment.SampleBuffer;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * What every augmentation promises; runs on jqwik. Extend it for one of your own:
 *
 * <pre>{@code
 * class MyAugmentationTest extends AugmentationLaws {
 *   protected Augmentation augmentation() {
 *     return new MyAugmentation();
 *   }
 * }
 * }</pre>
 */
public abstract class AugmentationLaws {
  /** The augmentation under test. */
  protected abstract Augmentation augmentation();

  /** The sample it is tried on; two channels, labels -1 to 3. */
  protected Sample sample() {
    Extent wanted = augmentation().inputExtent(Extent.of(8, 10, 9));
    Grid grid = Grid.of(wanted.get(0), wanted.get(1), wanted.get(2));
    SplittableRandom random = new SplittableRandom(5);
    int n = (int) grid.voxels();
    float[][] image = new float[2][n];
    short[] labels = new short[n];
    for (int i = 0; i < n; i++) {
      image[0][i] = (float) random.nextDouble(-1, 3);
      image[1][i] = (float) random.nextGaussian();
      labels[i] = (short) (random.nextInt(5) - 1);
    }
    return new Sample(Volume.wrap(grid, image), LabelMap.wrap(grid, labels));
  }

  /** The extent of the result. */
  protected Extent expectedExtent() {
    return Extent.of(8, 10, 9);
  }

  /** The number of image channels of the result. */
  protected int expectedChannels() {
    return sample().image().channels();
  }

  /** Labels that may appear although the sample had none of them: outside and background. */
  protected Set<Integer> allowedLabels() {
    return Set.of(-1, 0);
  }

  @Property(tries = 5)
  void doesNothingAtProbabilityZero(@ForAll long seed) {
    Sample sample = sample();
    Sample out = augmentation().withProbability(0).apply(sample, new SplittableRandom(seed));
    assertThat(out).isEqualTo(sample);
  }

  @Property(tries = 20)
  void givesTheSameOutputForTheSameSeed(@ForAll long seed) {
    Sample once = augmentation().apply(sample(), new SplittableRandom(seed));
    assertThat(augmentation().apply(sample(), new SplittableRandom(seed))).isEqualTo(once);
  }

  @Property(tries = 20)
  void leavesItsArgumentUntouched(@ForAll long seed) {
    Sample sample = sample();
    augmentation().apply(sample, new SplittableRandom(seed));
    assertThat(sample).isEqualTo(sample());
  }

  @Property(tries = 20)
  void doesInABufferWhatItDoesDirectly(@ForAll long seed) {
    Sample sample = sample();
    SampleBuffer buffer = SampleBuffer.of(sample);
    buffer.writeLabels();
    for (int c = 0; c < buffer.channels(); c++) {
      buffer.write(c);
    }
    augmentation().applyTo(buffer, new SplittableRandom(seed));
    assertThat(buffer.sample()).isEqualTo(augmentation().apply(sample, new SplittableRandom(seed)));
    assertThat(sample).isEqualTo(sample());
  }

  @Property(tries = 20)
  void neverInventsLabels(@ForAll long seed) {
    Sample sample = sample();
    Set<Integer> before = labels(sample);
    before.addAll(allowedLabels());
    assertThat(before)
        .containsAll(labels(augmentation().apply(sample, new SplittableRandom(seed))));
  }

  @Property(tries = 20)
  void givesTheExpectedExtentAndFiniteVoxels(@ForAll long seed) {
    Sample out = augmentation().apply(sample(), new SplittableRandom(seed));
    assertThat(out.image().grid().extent()).isEqualTo(expectedExtent());
    assertThat(out.image().channels()).isEqualTo(expectedChannels());
    for (int c = 0; c < out.image().channels(); c++) {
      for (float value : out.image().unsafeArray(c)) {
        assertThat(Float.isFinite(value)).isTrue();
      }
    }
  }

  @Property(tries = 5)
  void composesInAnyGrouping(@ForAll long seed) {
    Augmentation before = (sample, random) -> shifted(sample, random.nextFloat());
    Augmentation after = (sample, random) -> shifted(sample, random.nextFloat());
    Augmentation mine = augmentation();
    Sample left = before.then(mine).then(after).apply(sample(), new SplittableRandom(seed));
    Sample right = before.then(mine.then(after)).apply(sample(), new SplittableRandom(seed));
    assertThat(right).isEqualTo(left);
  }

  private static Sample shifted(Sample sample, float by) {
    return new Sample(sample.image().map(v -> v + by), sample.labels(), sample.previous());
  }

  private static Set<Integer> labels(Sample sample) {
    return Arrays.stream(sample.labels().distinct()).boxed().collect(Collectors.toSet());
  }
}
