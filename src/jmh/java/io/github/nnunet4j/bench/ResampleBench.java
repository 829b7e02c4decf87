package io.github.nnunet4j.bench;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.preprocess.LabelResampling;
import io.github.nnunet4j.preprocess.LabelResamplings;
import io.github.nnunet4j.preprocess.Resampling;
import io.github.nnunet4j.preprocess.Resamplings;
import io.github.nnunet4j.preprocess.SeparateZ;
import java.io.IOException;

/**
 * The peer task {@code resample}, array to array. Arguments: content ({@code image}, {@code
 * logits3}, {@code seg3}, {@code seg30}, each also with {@code -torch} behind it, and {@code
 * image-sinc}), grid ({@code iso}, {@code aniso}, {@code aniso-z}), threads, runs. Without an
 * ending it is the peer's {@code nnunet-default}, with {@code -torch} its {@code nnunet-torch}.
 */
final class ResampleBench {
  private ResampleBench() {}

  public static void main(String[] args) throws IOException {
    String content = args[0];
    int threads = Integer.parseInt(args[2]);
    int runs = Integer.parseInt(args[3]);
    Grid source = source(args[1]);
    Grid target = target(args[1], source);
    String item = content + "-" + args[1];
    boolean torch = content.endsWith("-torch");
    if (content.startsWith("seg")) {
      int classes = Integer.parseInt(content.replaceAll("\\D", ""));
      LabelMap labels = SyntheticLabels.of(source, classes, 0, 0, 0);
      LabelResampling how = torch ? Resamplings.torch(SeparateZ.AUTO) : LabelResamplings.labels();
      Measured.report(item, threads, runs, 1, () -> how.apply(labels, target, threads));
    } else {
      Volume image = image(source, content.startsWith("logits") ? 3 : 1);
      Resampling how = torch ? Resamplings.torch(SeparateZ.AUTO) : plain(content);
      Measured.report(item, threads, runs, 1, () -> how.apply(image, target, threads));
    }
  }

  private static Resampling plain(String content) {
    return content.startsWith("logits")
        ? Resamplings.probabilities()
        : content.endsWith("-sinc") ? Resamplings.windowedSinc(3) : Resamplings.images();
  }

  private static Volume image(Grid grid, int channels) {
    float[][] all = new float[channels][];
    for (int c = 0; c < channels; c++) {
      all[c] = SyntheticCt.volume(grid, 400 + c).unsafeArray(0);
    }
    return Volume.wrap(grid, all);
  }

  private static Grid source(String grid) {
    return grid.equals("iso")
        ? Grid.of(Extent.of(128, 256, 256), Spacing.millimetres(1, 1, 1))
        : Grid.of(Extent.of(60, 512, 512), Spacing.millimetres(5, 0.7, 0.7));
  }

  private static Grid target(String grid, Grid source) {
    Extent to =
        grid.equals("iso")
            ? Extent.of(160, 333, 333)
            : Extent.of(grid.equals("aniso-z") ? 80 : 60, 400, 400);
    Extent from = source.extent();
    return Grid.of(
        to, Spacing.millimetres(3, a -> source.spacing().get(a) * from.get(a) / to.get(a)));
  }
}
