package io.github.nnunet4j.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.image.Volume;
import org.junit.jupiter.api.Test;

class SincResamplingTest {
  private static Volume wave(int size, double period) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) Math.sin(2 * Math.PI * (i + 0.5) / period);
    }
    return Volume.wrap(Grid.of(1, 1, size), values);
  }

  private static Grid line(int size, double spacing) {
    return Grid.of(Extent.of(1, 1, size), Spacing.millimetres(1, 1, spacing));
  }

  /** Largest distance to the wave itself, away from the edges. */
  private static double error(Resampling how, int size, int to, double period) {
    double ratio = (double) size / to;
    float[] got = how.apply(wave(size, period), line(to, ratio)).unsafeArray(0);
    double error = 0;
    for (int i = to / 4; i < 3 * to / 4; i++) {
      double want = Math.sin(2 * Math.PI * (i + 0.5) * ratio / period);
      error = Math.max(error, Math.abs(got[i] - want));
    }
    return error;
  }

  @Test
  void fineWavesSurviveEnlargingBetterThanWithLinesOrCubics() {
    double period = 2.8; // near the shortest that a grid can hold
    double sinc = error(Resamplings.windowedSinc(5), 96, 168, period);
    assertThat(sinc).isLessThan(error(Resamplings.linear(), 96, 168, period) / 5);
    assertThat(sinc).isLessThan(error(Resamplings.images(), 96, 168, period) / 2);
  }

  @Test
  void whatACoarserGridCannotShowIsRemovedInsteadOfFolded() {
    double period = 2.2; // shorter than two voxels of the coarser grid
    Grid coarse = line(32, 3);
    float[] sinc = Resamplings.windowedSinc(3).apply(wave(96, period), coarse).unsafeArray(0);
    float[] cubic = Resamplings.images().apply(wave(96, period), coarse).unsafeArray(0);
    double residue = 0;
    double folded = 0;
    for (int i = 4; i < 28; i++) {
      residue = Math.max(residue, Math.abs(sinc[i]));
      folded = Math.max(folded, Math.abs(cubic[i]));
    }
    assertThat(folded).isGreaterThan(0.8);
    assertThat(residue).isLessThan(0.05);
  }

  @Test
  void labelsMayBeResampledByIt() {
    short[] labels = {0, 0, 0, 2, 2, 2, 2, 5, 5, 0, 0, 0};
    LabelMap map = LabelMap.wrap(Grid.of(1, 1, 12), labels);
    LabelResampling how = LabelResamplings.indicators(Resamplings.windowedSinc(3));
    LabelMap doubled = how.apply(map, line(24, 0.5));
    for (int i = 0; i < 24; i++) {
      assertThat(doubled.at(0, 0, i)).as("voxel %d", i).isEqualTo(labels[i / 2]);
    }
    assertThat(how.apply(map, map.grid())).isEqualTo(map);
    LabelResampling bad = LabelResamplings.indicators((source, target) -> source);
    assertThatThrownBy(() -> bad.apply(map, line(24, 0.5))).hasMessageContaining("1 of 1x1x12");
  }

  @Test
  void lobesAndOrdersAreChecked() {
    assertThatThrownBy(() -> Resamplings.windowedSinc(0)).hasMessageContaining("1 and 16");
    assertThatThrownBy(() -> new SincResampling(3, 6, SeparateZ.AUTO))
        .hasMessageContaining("0 and 5");
    assertThatThrownBy(() -> Resamplings.spline(6, 0, SeparateZ.AUTO))
        .hasMessageContaining("0 and 5");
  }
}
