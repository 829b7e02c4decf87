package io.github.nnunet4j.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.image.Volume;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverlayTest {
  private static final Grid GRID = Grid.of(Extent.of(3, 10, 20), Spacing.millimetres(1, 2, 1));

  @Test
  void paintsTheLabelsOfTheBusiestSliceBesideTheImage(@TempDir Path folder) throws IOException {
    short[] labels = new short[600];
    labels[1 * 200 + 5 * 20 + 10] = 1;
    LabelMap map = LabelMap.wrap(GRID, labels);
    Volume image = Volume.wrap(GRID, new float[600]);
    Path file = folder.resolve("overlay.png");
    Overlay.ofBusiestSlice(image, map).with("truth", map).write(file);

    BufferedImage picture = ImageIO.read(file.toFile());
    assertThat(picture.getWidth()).isEqualTo(2 * 320 + 3 * 8);
    assertThat(picture.getHeight()).isEqualTo(320 + 22 + 16);
    int x = 8 + 320 + 8 + (int) (10.5 * 16);
    int y = 30 + (int) (5.5 * 32);
    assertThat(picture.getRGB(x, y) >> 16 & 255).isGreaterThan(80);
    assertThat(picture.getRGB(x, y) & 255).isLessThan(60);
    assertThat(picture.getRGB(x - 328, y) & 0xffffff).isZero();
  }

  private static BufferedImage picture(Path folder, Labels labels, int... seen) throws IOException {
    short[] voxels = new short[600];
    for (int i = 0; i < seen.length; i++) {
      voxels[i] = (short) seen[i];
    }
    LabelMap map = LabelMap.wrap(GRID, voxels);
    Path file = folder.resolve("legend.png");
    Overlay.of(Volume.wrap(GRID, new float[600]), 0)
        .withLegend(labels)
        .with("truth", map)
        .write(file);
    return ImageIO.read(file.toFile());
  }

  @Test
  void namesTheLabelsThatAreToBeSeen(@TempDir Path folder) throws IOException {
    int plain = 320 + 22 + 16;
    Labels labels = Labels.of("liver", "spleen", "tumour");
    BufferedImage one = picture(folder, labels, 3);
    assertThat(one.getHeight()).isEqualTo(plain + 20);
    assertThat(one.getRGB(8 + 6, plain + 6) & 0xffffff).isEqualTo(0x4363d8);
    assertThat(picture(folder, labels).getHeight()).as("nothing to be seen").isEqualTo(plain);
    Labels wordy = Labels.of("l" + "o".repeat(60) + "ng", "l" + "o".repeat(61) + "ng");
    assertThat(picture(folder, wordy, 1, 2).getHeight()).isEqualTo(plain + 2 * 20);
  }

  @Test
  void namesRegionsByTheLabelsThatTheyWrite(@TempDir Path folder) throws IOException {
    Map<String, List<Integer>> entries = new LinkedHashMap<>();
    entries.put("background", List.of(0));
    entries.put("whole", List.of(1, 2));
    entries.put("core", List.of(2));
    BufferedImage both = picture(folder, Labels.of(entries, List.of(1, 2)), 1, 2, 9);
    assertThat(both.getHeight()).isEqualTo(320 + 22 + 16 + 20);
    assertThat(both.getRGB(8 + 6, 358 + 6) & 0xffffff).isEqualTo(0xe6194b);
  }

  @Test
  void refusesSlicesAndLabelsThatAreNotThere() {
    Volume image = Volume.wrap(GRID, new float[600]);
    assertThatThrownBy(() -> Overlay.of(image, 3)).hasMessageContaining("slice 3");
    LabelMap other = LabelMap.wrap(Grid.of(1, 1, 1), new short[1]);
    assertThatThrownBy(() -> Overlay.of(image, 0).with("x", other))
        .hasMessageContaining("do not lie on");
  }
}
