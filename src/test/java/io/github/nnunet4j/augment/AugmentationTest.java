package io.github.nnunet4j.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class AugmentationTest {
  private final RandomGenerator random = new SplittableRandom(1);

  private static Sample sample(int z, int y, int x) {
    Grid grid = Grid.of(z, y, x);
    float[] image = new float[(int) grid.voxels()];
    short[] labels = new short[image.length];
    for (int i = 0; i < image.length; i++) {
      image[i] = i;
      labels[i] = (short) (i % 3 - 1);
    }
    return new Sample(Volume.wrap(grid, image), LabelMap.wrap(grid, labels));
  }

  private static Augmentation plus(float value) {
    return Augmentations.perChannel(
        1,
        (voxels, extent, random) -> {
          for (int i = 0; i < voxels.length; i++) {
            voxels[i] += value;
          }
        });
  }

  @Test
  void chainsLambdasAndBuiltIns() {
    Augmentation doubled =
        (sample, r) -> new Sample(sample.image().map(v -> 2 * v), sample.labels());
    Sample out = plus(1).then(doubled).then(plus(3)).apply(sample(1, 1, 3), random);
    assertThat(out.image().toArray(0)).containsExactly(5, 7, 9);
  }

  @Test
  void neverWritesToWhatALambdaReturns() {
    Sample cached = sample(1, 1, 3);
    Augmentation returnsCached = (sample, r) -> cached;
    Augmentation chain = plus(1).then(returnsCached).then(plus(5)).then(Augmentations.none());
    Sample out = chain.apply(sample(1, 1, 3), random);
    assertThat(cached).isEqualTo(sample(1, 1, 3));
    assertThat(out.image().toArray(0)).containsExactly(5, 6, 7);
    assertThat(out.labels().toArray()).containsExactly(0, 0, 1);
  }

  @Test
  void keepsEarlierSnapshotsOfABufferApart() {
    SampleBuffer buffer = SampleBuffer.of(sample(1, 1, 2));
    plus(1).applyTo(buffer, random);
    Sample first = buffer.sample();
    plus(1).applyTo(buffer, random);
    buffer.writeLabels()[0] = 7;
    assertThat(first.image().toArray(0)).containsExactly(1, 2);
    assertThat(first.labels().at(0, 0, 0)).isEqualTo(-1);
    assertThat(buffer.sample().image().toArray(0)).containsExactly(2, 3);
    assertThatThrownBy(() -> buffer.put(0, new float[5])).hasMessageContaining("not 5");
  }

  @Test
  void reusesScratchArrays() {
    SampleBuffer buffer = SampleBuffer.of(sample(1, 2, 2));
    float[] own = buffer.write(0);
    float[] scratch = buffer.scratch();
    buffer.put(0, scratch);
    assertThat(buffer.scratch()).isSameAs(own);
    buffer.release(own);
    assertThat(buffer.scratch()).isSameAs(own);
  }

  @Test
  void returnsTheSampleItselfWhereNothingChanged() {
    Sample sample = sample(2, 3, 4);
    assertThat(Augmentations.identity().apply(sample, random)).isSameAs(sample);
    assertThat(new ReplaceLabel(9, 0).apply(sample, random)).isSameAs(sample);
    assertThat(plus(1).withProbability(0).apply(sample, random)).isSameAs(sample);
  }

  @Test
  void choosesOneOfSeveral() {
    int[] counts = new int[2];
    Augmentation either = Augmentations.oneOf(plus(1), plus(10));
    for (int i = 0; i < 1000; i++) {
      counts[either.apply(sample(1, 1, 1), random).image().at(0, 0, 0, 0) == 1 ? 0 : 1]++;
    }
    assertThat(counts[0]).isBetween(400, 600);
    assertThatThrownBy(Augmentations::oneOf).hasMessageContaining("choose from");
  }

  @Test
  void asksForTheLargestInputOfAllParts() {
    Extent patch = Extent.of(40, 56, 40);
    Augmentation standard = Augmentations.standard(patch);
    assertThat(plus(1).then(standard).inputExtent(patch)).isEqualTo(Extent.of(73, 80, 64));
    assertThat(Augmentations.oneOf(plus(1), standard).inputExtent(patch))
        .isEqualTo(Extent.of(73, 80, 64));
    assertThat(standard.withProbability(0.5).inputExtent(patch)).isEqualTo(Extent.of(73, 80, 64));
    assertThat(Augmentations.none().inputExtent(patch)).isEqualTo(patch);
  }

  @Test
  void blursAxesShorterThanTheKernel() {
    Sample out = Augmentations.blur().change(sample(1, 2, 9), Map.of(0, List.of(1.0, 1.5, 1.0)));
    double mean = 0;
    for (float value : out.image().toArray(0)) {
      assertThat(Float.isFinite(value)).isTrue();
      mean += value / 18.0;
    }
    assertThat(mean).isCloseTo(8.5, within(0.5));
    assertThat(GaussianBlur.reflect(-3, 2)).isEqualTo(1);
    assertThat(GaussianBlur.reflect(5, 1)).isZero();
  }

  @Test
  void leavesConstantChannelsAlone() {
    Grid grid = Grid.of(1, 1, 4);
    Volume flat = Volume.wrap(grid, new float[] {2, 2, 2, 2});
    Sample constant = new Sample(flat, LabelMap.wrap(grid, new short[4]));
    assertThat(Augmentations.gamma().apply(constant, random).image()).isEqualTo(flat);
    assertThat(Augmentations.contrast().apply(constant, random).image()).isEqualTo(flat);
  }

  @Test
  void refusesParametersThatDoNotFit() {
    Sample sample = sample(2, 3, 4);
    assertThatThrownBy(() -> Augmentations.brightness().change(sample, Map.of(4, 1.0)))
        .hasMessageContaining("no channel 4");
    assertThatThrownBy(() -> Augmentations.gamma().change(sample, Map.of(0, -1.0)))
        .hasMessageContaining("exponent");
    assertThatThrownBy(() -> Augmentations.blur().change(sample, Map.of(0, List.of(1.0))))
        .hasMessageContaining("3 sigmas");
    assertThatThrownBy(() -> Augmentations.blur().change(sample, Map.of(0, List.of(1e7, 1e7, 1e7))))
        .hasMessageContaining("too wide");
    assertThatThrownBy(() -> Augmentations.lowResolution().change(sample, Map.of(0, List.of(1.0))))
        .hasMessageContaining("3 scales");
    assertThatThrownBy(() -> Augmentations.mirror(3)).hasMessageContaining("0 to 2");
    assertThatThrownBy(() -> new ReplaceLabel(40000, 0)).hasMessageContaining("32767");
    assertThatThrownBy(() -> new MaskOutside(Set.of(2), 0).apply(sample, random))
        .hasMessageContaining("no channel 2");
    assertThatThrownBy(() -> plus(1).withProbability(1.5)).hasMessageContaining("probability");
    assertThatThrownBy(() -> new Spatial.Parameters(List.of(1.0), List.of()))
        .hasMessageContaining("3 angles");
    assertThatThrownBy(() -> new Spatial.Parameters(List.of(), List.of(1.0, 1.0, Double.NaN)))
        .hasMessageContaining("finite");
    assertThatThrownBy(
            () ->
                ((Spatial) Augmentations.standard(Extent.of(4, 4, 4)).steps().get(0))
                    .change(sample, new Spatial.Parameters(List.of(), List.of(1e9, 1e9, 1e9))))
        .hasMessageContaining("too far");
  }
}
