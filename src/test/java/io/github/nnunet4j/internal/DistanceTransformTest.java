package io.github.nnunet4j.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DistanceTransformTest {
  @Property(tries = 200)
  void equalsTheSearchAmongAllSites(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int axes) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] extent = new int[axes];
    double[] spacing = new double[axes];
    int voxels = 1;
    for (int axis = 0; axis < axes; axis++) {
      extent[axis] = random.nextInt(1, 9);
      spacing[axis] = random.nextDouble(0.3, 3);
      voxels *= extent[axis];
    }
    boolean[] sites = new boolean[voxels];
    int often = random.nextInt(1, 12);
    for (int i = 0; i < voxels; i++) {
      sites[i] = random.nextInt(often) == 0;
    }
    float[] found = DistanceTransform.squared(sites, extent, spacing);
    for (int i = 0; i < voxels; i++) {
      double expected = Double.POSITIVE_INFINITY;
      for (int j = 0; j < voxels; j++) {
        if (sites[j]) {
          expected = Math.min(expected, distance(i, j, extent, spacing));
        }
      }
      if (Double.isInfinite(expected)) {
        assertThat(found[i]).isInfinite();
      } else {
        assertThat((double) found[i]).isCloseTo(expected, offset(1e-5 * (1 + expected)));
      }
    }
  }

  private static double distance(int a, int b, int[] extent, double[] spacing) {
    double square = 0;
    int i = a;
    int j = b;
    for (int axis = extent.length - 1; axis >= 0; axis--) {
      double step = (i % extent[axis] - j % extent[axis]) * spacing[axis];
      square += step * step;
      i /= extent[axis];
      j /= extent[axis];
    }
    return square;
  }

  @Test
  void findsTheBorderOfAnObjectButNotTheEdgeOfTheImage() {
    boolean[] object = new boolean[4 * 5];
    for (int y = 0; y < 3; y++) {
      for (int x = 0; x < 4; x++) {
        object[y * 5 + x] = true;
      }
    }
    boolean[] border = DistanceTransform.border(object, new int[] {4, 5});
    StringBuilder drawn = new StringBuilder();
    for (int i = 0; i < border.length; i++) {
      drawn.append(border[i] ? '#' : '.').append(i % 5 == 4 ? "|" : "");
    }
    assertThat(drawn).hasToString("...#.|...#.|####.|.....|");
    assertThat(DistanceTransform.border(new boolean[] {true, true}, new int[] {2}))
        .containsExactly(false, false);
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(
            () -> DistanceTransform.squared(new boolean[5], new int[] {2, 3}, new double[] {1, 1}))
        .hasMessageContaining("5 sites");
    assertThatThrownBy(
            () -> DistanceTransform.squared(new boolean[2], new int[] {2}, new double[] {0}))
        .hasMessageContaining("spacing");
  }
}
