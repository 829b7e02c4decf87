package io.github.nnunet4j.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nnunet4j.fingerprint.IntensityStatistics;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.Mask;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.Percentiles;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IntensityNormalizationsTest {
  private static final Grid GRID = Grid.of(4, 5, 6);
  private static final IntensityNormalization.Context PLAIN =
      new IntensityNormalization.Context(Optional.empty(), IntensityStatistics.builder().build());

  private static Volume noise() {
    SplittableRandom random = new SplittableRandom(5);
    float[] values = new float[(int) GRID.voxels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian(100, 40);
    }
    return Volume.wrap(GRID, values);
  }

  private static IntensityNormalization.Context masked() {
    boolean[] inside = new boolean[(int) GRID.voxels()];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = i % 3 != 0;
    }
    return new IntensityNormalization.Context(
        Optional.of(Mask.wrap(GRID, inside)), PLAIN.statistics());
  }

  @Test
  void clipsToItsOwnPercentiles() {
    double[] values = new double[(int) GRID.voxels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = noise().unsafeArray(0)[i];
    }
    float low = (float) Percentiles.of(values, 5);
    float high = (float) Percentiles.of(values, 90);
    Volume clipped = IntensityNormalizations.clipPercentiles(5, 90).apply(noise(), PLAIN);
    for (int i = 0; i < values.length; i++) {
      assertThat(clipped.unsafeArray(0)[i])
          .isEqualTo(Math.min(Math.max((float) values[i], low), high));
    }
  }

  @Test
  void percentilesInsideAMaskLeaveTheOutside() {
    float[] clipped =
        IntensityNormalizations.clipPercentiles(40, 60).apply(noise(), masked()).toArray(0);
    float[] given = noise().toArray(0);
    int changed = 0;
    for (int i = 0; i < given.length; i++) {
      if (i % 3 == 0) {
        assertThat(clipped[i]).isEqualTo(given[i]);
      } else if (clipped[i] != given[i]) {
        changed++;
      }
    }
    assertThat(changed).isBetween(50, 70);
  }

  @Test
  void normalizationsStandInARow() {
    IntensityNormalization window = IntensityNormalizations.clip(50, 150);
    IntensityNormalization row = window.then(IntensityNormalizations.rescaleTo01());
    Volume result = row.apply(noise(), PLAIN);
    assertThat(result)
        .isEqualTo(
            IntensityNormalizations.rescaleTo01().apply(window.apply(noise(), PLAIN), PLAIN));
    assertThat(IntensityNormalizations.parts(row))
        .isEqualTo(List.of(window, IntensityNormalizations.rescaleTo01()));
    assertThat(IntensityNormalizations.parts(window)).containsExactly(window);
    assertThat(row).isEqualTo(window.then(IntensityNormalizations.rescaleTo01()));
  }

  @Test
  void version1LeavesZeroOutsideOfTheMask() {
    for (IntensityNormalization one :
        List.of(
            IntensityNormalizations.nonCt(),
            IntensityNormalizations.ctV1(),
            IntensityNormalizations.zeroOutside(IntensityNormalizations.none()))) {
      float[] result = one.apply(noise(), masked()).toArray(0);
      for (int i = 0; i < result.length; i += 3) {
        assertThat(result[i]).as(one.toString()).isZero();
      }
      assertThat(one.apply(noise(), PLAIN).unsafeArray(0)[0]).as(one.toString()).isFinite();
    }
  }

  @Test
  void senselessNumbersAreRefused() {
    assertThatThrownBy(() -> IntensityNormalizations.clip(2, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> IntensityNormalizations.clip(Float.NaN, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> IntensityNormalizations.clipPercentiles(-1, 50))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> IntensityNormalizations.clipPercentiles(60, 50))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> IntensityNormalizations.divideBy(0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
