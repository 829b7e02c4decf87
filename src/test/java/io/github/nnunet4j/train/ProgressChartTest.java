package io.github.nnunet4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressChartTest {
  @TempDir Path folder;

  private static EpochResult epoch(int e) {
    return new EpochResult(
        e,
        OptimizerSchedules.polynomial(0.01, 0.9).at(new Progress(e, 20)),
        new EpochResult.Loss(1.0 / (1 + e), e == 0 ? Double.NaN : 1.1 / (1 + e)),
        new EpochResult.Dice(List.of(e / 20.0), e / 20.0, e / 25.0),
        new EpochResult.Time(4 + e % 3, 0.2));
  }

  @Test
  void labelsHaveALeadingZeroAndFewDigits() {
    assertThat(Chart.label(0.0018)).isEqualTo("0.0018");
    assertThat(Chart.label(0.002)).isEqualTo("0.002");
    assertThat(Chart.label(0.288589190542698)).isEqualTo("0.28859");
    assertThat(Chart.label(-0.6000000000000001)).isEqualTo("-0.6");
    assertThat(Chart.label(297.9083194329998)).isEqualTo("297.91");
    assertThat(Chart.label(0)).isEqualTo("0");
    assertThat(Chart.label(40)).isEqualTo("40");
    assertThat(Chart.label(100000)).isEqualTo("100000");
    assertThat(Chart.label(1.5e-6)).isEqualTo("0.0000015");
    assertThat(Chart.label(1.5e-9)).isEqualTo("1.5E-9");
    assertThat(Chart.label(3e9)).isEqualTo("3E+9");
  }

  @Test
  void oneEpochHasAsMuchRoomAsMany() throws IOException {
    int[] frames = new int[2];
    for (int i = 0; i < 2; i++) {
      Path file = folder.resolve("room-" + i + ".png");
      int last = i == 0 ? 1 : 20;
      ProgressChart.write(file, IntStream.range(0, last).mapToObj(e -> epoch(e)).toList());
      frames[i] = frame(ImageIO.read(file.toFile()));
    }
    assertThat(frames[0]).isBetween(40, 130);
    assertThat(frames[1]).isBetween(40, 130);
  }

  /** Where the frame of the first panel begins: the first column that is dark over its height. */
  private static int frame(BufferedImage image) {
    for (int x = 0; x < 640; x++) {
      int dark = 0;
      for (int y = 20; y < 300; y++) {
        dark += (image.getRGB(x, y) & 0xff) < 200 ? 1 : 0;
      }
      if (dark > 200) {
        return x;
      }
    }
    return 640;
  }

  @Test
  void drawsOneEpochAndMany() throws IOException {
    for (int epochs : new int[] {1, 20}) {
      Path file = folder.resolve("progress-" + epochs + ".png");
      ProgressChart.write(file, IntStream.range(0, epochs).mapToObj(e -> epoch(e)).toList());
      BufferedImage image = ImageIO.read(file.toFile());
      assertThat(image.getWidth()).isEqualTo(1280);
      assertThat(image.getHeight()).isEqualTo(800);
      long colours =
          IntStream.range(0, 1280 * 800)
              .map(i -> image.getRGB(i % 1280, i / 1280))
              .distinct()
              .count();
      assertThat(colours).isGreaterThan(5);
    }
  }
}
