package io.github.nnunet4j.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.image.Volume;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
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

  @Test
  void refusesSlicesAndLabelsThatAreNotThere() {
    Volume image = Volume.wrap(GRID, new float[600]);
    assertThatThrownBy(() -> Overlay.of(image, 3)).hasMessageContaining("slice 3");
    LabelMap other = LabelMap.wrap(Grid.of(1, 1, 1), new short[1]);
    assertThatThrownBy(() -> Overlay.of(image, 0).with("x", other))
        .hasMessageContaining("do not lie on");
  }
}
