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
