package io.github.nnunet4j.bench;

import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.infer.Export;
import io.github.nnunet4j.preprocess.Resamplings;
import io.github.nnunet4j.preprocess.Restoration;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Export of logits C x 160x192x192 to 220x256x256, the peer task {@code export}. Arguments:
 * classes, threads, runs, and optionally "probabilities". One JSON line with the median, the peak
 * and the resident memory before the first run.
 */
final class ExportBench {
  private static final Extent OLD = Extent.of(160, 192, 192);
  private static final Extent NEW = Extent.of(220, 256, 256);

  private ExportBench() {}

  public static void main(String[] args) throws IOException {
    int classes = Integer.parseInt(args[0]);
    int threads = Integer.parseInt(args[1]);
    int runs = Integer.parseInt(args[2]);
    boolean probabilities = args.length > 3;
    Spacing network = Spacing.millimetres(1.5, 1.2, 1.2);
    Grid grid = Grid.of(OLD, network);
    Spacing own = Spacing.millimetres(3, a -> network.get(a) * OLD.get(a) / NEW.get(a));
    Restoration way = new Restoration(Grid.of(NEW, own), List.of(0, 1, 2), Box.whole(NEW), grid);
    Volume logits = Volume.wrap(grid, logits(classes));
    Labels labels =
        Labels.of(IntStream.range(1, classes).mapToObj(i -> "l" + i).toArray(String[]::new));
    Export export = new Export(Resamplings.probabilities(), labels, threads);
    String item = "classes-" + classes + (probabilities ? "-probabilities" : "");
    Measured.report(
        item,
        threads,
        runs,
        1,
        () -> {
          if (probabilities) {
            export.probabilities(logits, way);
          } else {
            export.labels(logits, way);
          }
        });
  }

  /** 6 where the label map holds the class, else -2, plus noise in [0, 4), in half precision. */
  private static float[][] logits(int classes) {
    int count = Math.toIntExact(OLD.voxels());
    float[][] out = new float[classes][count];
    for (int z = 0, i = 0; z < OLD.get(0); z++) {
      for (int y = 0; y < OLD.get(1); y++) {
        for (int x = 0; x < OLD.get(2); x++, i++) {
          int label =
              SyntheticLabels.label(
                  z, y, x, OLD.get(0), OLD.get(1), OLD.get(2), Math.max(1, classes - 1));
          for (int c = 0; c < classes; c++) {
            float noise = (hash32(i + c * count) >>> 16) * (4f / 65536);
            out[c][i] = half((label == c ? 6f : -2f) + noise);
          }
        }
      }
    }
    return out;
  }

  /** Rounded to eleven binary digits; exact enough where the peer casts to half precision. */
  private static float half(float value) {
    float scaled = value * 8193;
    return scaled - (scaled - value);
  }

  private static int hash32(int index) {
    int h = index + 0x9E3779B9;
    h ^= h >>> 16;
    h *= 0x85EBCA6B;
    h ^= h >>> 13;
    h *= 0xC2B2AE35;
    return h ^ (h >>> 16);
  }
}
