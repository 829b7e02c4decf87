package io.github.nnunet4j.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ValuesTest {
  private static final Grid GRID = Grid.of(2, 3, 4);

  @Test
  void extentsAndSpacingsCompareByValueAndPermute() {
    assertThat(Extent.of(1, 2, 3)).isEqualTo(Extent.of(1, 2, 3)).hasToString("1x2x3");
    assertThat(Extent.of(1, 2, 3)).hasSameHashCodeAs(Extent.of(3, i -> i + 1));
    assertThat(Extent.of(1, 2, 3).permuted(2, 0, 1)).isEqualTo(Extent.of(3, 1, 2));
    assertThat(Extent.of(100_000, 100_000).voxels()).isEqualTo(10_000_000_000L);
    assertThat(Spacing.millimetres(1, 2, 3).permuted(1, 2, 0))
        .isEqualTo(Spacing.millimetres(2, 3, 1))
        .hasSameHashCodeAs(Spacing.millimetres(2, 3, 1))
        .hasToString("2.0x3.0x1.0");
  }

  @Test
  void impossibleGeometryIsRefused() {
    assertThatThrownBy(() -> Extent.of(1)).hasMessageContaining("2 or 3 axes");
    assertThatThrownBy(() -> Extent.of(1, -1)).hasMessageContaining("negative");
    assertThatThrownBy(() -> Spacing.millimetres(1, 0, 1)).hasMessageContaining("positive");
    assertThatThrownBy(() -> Spacing.millimetres(1, Double.NaN, 1)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> Spacing.millimetres(1)).hasMessageContaining("2 or 3 axes");
    assertThatThrownBy(() -> new Box(0, 0, 0, Extent.of(1, 1))).hasMessageContaining("3 axes");
    assertThatThrownBy(() -> Grid.of(Extent.of(1, 1), Spacing.millimetres(1, 1)))
        .hasMessageContaining("3 axes");
    assertThatThrownBy(() -> GRID.placed(new double[2], new double[9]))
        .hasMessageContaining("3 coordinates");
    assertThatThrownBy(() -> Volume.wrap(GRID, new float[5])).hasMessageContaining("24");
    assertThatThrownBy(() -> LabelMap.wrap(GRID, new short[5])).hasMessageContaining("24");
    assertThatThrownBy(() -> Mask.wrap(GRID, new boolean[5])).hasMessageContaining("24");
  }

  @Test
  void croppingMovesTheOriginAlongTheDirection() {
    double[] flipX = {-1, 0, 0, 0, 1, 0, 0, 0, 1};
    Grid grid =
        Grid.of(Extent.of(5, 6, 7), Spacing.millimetres(3, 2, 0.5))
            .placed(new double[] {10, 20, 30}, flipX);
    Grid cropped = grid.crop(new Box(1, 2, 3, Extent.of(2, 2, 2)));
    assertThat(cropped.origin()).containsExactly(10 - 1.5, 20 + 4, 30 + 3);
    assertThat(cropped.extent()).isEqualTo(Extent.of(2, 2, 2));
    assertThat(cropped).isNotEqualTo(grid);
  }

  @Test
  void aVolumeKeepsCopiesAndCropsRows() {
    float[] voxels = new float[24];
    for (int i = 0; i < 24; i++) {
      voxels[i] = i;
    }
    Volume volume = Volume.copyOf(GRID, voxels);
    voxels[23] = -1;
    assertThat(volume.at(0, 1, 2, 3)).isEqualTo(23);
    Volume crop = volume.crop(new Box(1, 1, 1, Extent.of(1, 2, 2)));
    assertThat(crop.toArray(0)).containsExactly(17, 18, 21, 22);
    assertThat(volume.map(v -> v + 1).at(0, 0, 0, 0)).isEqualTo(1);
    assertThat(volume.channel(0)).isEqualTo(volume).hasSameHashCodeAs(volume);
    assertThat(volume.toString()).contains("2x3x4");
    assertThatThrownBy(() -> volume.crop(new Box(1, 1, 1, Extent.of(2, 1, 1))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void labelMapsListTheirLabelsAndCrop() {
    short[] labels = new short[24];
    labels[0] = -1;
    labels[23] = 300;
    LabelMap map = LabelMap.copyOf(GRID, labels);
    assertThat(map.distinct()).containsExactly(-1, 0, 300);
    assertThat(map.at(1, 2, 3)).isEqualTo(300);
    assertThat(map.crop(new Box(1, 2, 3, Extent.of(1, 1, 1))).toArray())
        .containsExactly((short) 300);
    assertThat(map.withGrid(Grid.of(2, 3, 4))).isEqualTo(map).hasSameHashCodeAs(map);
    assertThat(map.toString()).contains("2x3x4");
  }

  @Test
  void partsThatReachOutArePadded() {
    float[] voxels = new float[24];
    short[] labels = new short[24];
    for (int i = 0; i < 24; i++) {
      voxels[i] = i + 1;
      labels[i] = (short) (i + 1);
    }
    Volume volume = Volume.wrap(GRID, voxels);
    LabelMap map = LabelMap.wrap(GRID, labels);
    Box corner = new Box(1, 2, -1, Extent.of(2, 1, 3));
    assertThat(volume.padded(corner).toArray(0)).containsExactly(0, 21, 22, 0, 0, 0);
    assertThat(map.padded(corner, (short) -1).toArray()).containsExactly(-1, 21, 22, -1, -1, -1);
    assertThat(volume.padded(corner).grid()).isEqualTo(GRID.crop(corner));
    Box whole = Box.whole(GRID.extent());
    assertThat(volume.padded(whole)).isEqualTo(volume);
    assertThat(map.padded(whole, (short) 7)).isEqualTo(map);
    Box around = new Box(-1, -2, -3, Extent.of(4, 7, 10));
    float[] padded = volume.padded(around).toArray(0);
    assertThat(padded).hasSize(280).contains(voxels);
    assertThat(volume.padded(around).at(0, 1, 2, 3)).isEqualTo(1);
    for (Box beside :
        new Box[] {
          new Box(2, 0, 0, Extent.of(1, 1, 1)),
          new Box(0, -9, 0, Extent.of(1, 9, 1)),
          new Box(0, 0, Integer.MAX_VALUE, Extent.of(1, 1, 1))
        }) {
      assertThat(volume.padded(beside).toArray(0)).containsOnly(0);
      assertThat(map.padded(beside, (short) -1).toArray()).containsOnly(-1);
    }
  }

  @Test
  void masksCountTheirVoxels() {
    boolean[] voxels = new boolean[24];
    voxels[5] = true;
    Mask mask = Mask.wrap(GRID, voxels);
    assertThat(mask.count()).isEqualTo(1);
    assertThat(mask.at(0, 1, 1)).isTrue();
    assertThat(mask).isEqualTo(Mask.wrap(GRID, voxels.clone()));
    assertThat(mask).hasSameHashCodeAs(Mask.wrap(GRID, voxels.clone()));
    assertThat(mask.toString()).contains("2x3x4");
  }
}
