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
 * image-torch}, {@code seg3}, {@code seg30}), grid ({@code iso}, {@code aniso}, {@code aniso-z}),
 * threads, runs.
 */
final class ResampleBench {
  private ResampleBench() {}

  public static void main(String[] args) throws IOException {
    String content = args[0];
    int threads = Integer.parseInt(args[2]);
    int runs = Integer.parseInt(args[3]);
    boolean iso = args[1].equals("iso");
    Extent from = iso ? Extent.of(128, 256, 256) : Extent.of(60, 512, 512);
    Extent to =
        iso ? Extent.of(160, 333, 333) : Extent.of(args[1].equals("aniso-z") ? 80 : 60, 400, 400);
    Spacing spacing = iso ? Spacing.millimetres(1, 1, 1) : Spacing.millimetres(5, 0.7, 0.7);
    Grid source = Grid.of(from, spacing);
    Grid target =
        Grid.of(to, Spacing.millimetres(3, a -> spacing.get(a) * from.get(a) / to.get(a)));
    String item = content + "-" + args[1];
    if (content.startsWith("seg")) {
      LabelMap labels = SyntheticLabels.of(source, Integer.parseInt(content.substring(3)), 0, 0, 0);
      LabelResampling how = LabelResamplings.labels();
      Measured.report(item, threads, runs, 1, () -> how.apply(labels, target, threads));
    } else {
      Volume image = SyntheticCt.volume(source, 400);
      Resampling how =
          content.endsWith("torch") ? Resamplings.torch(SeparateZ.AUTO) : Resamplings.images();
      Measured.report(item, threads, runs, 1, () -> how.apply(image, target, threads));
    }
  }
}
