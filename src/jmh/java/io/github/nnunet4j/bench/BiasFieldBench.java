package io.github.nnunet4j.bench;

import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.ImageFormats;
import io.github.nnunet4j.image.Mask;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.preprocess.ForegroundRules;
import io.github.nnunet4j.preprocess.N4BiasField;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * N4 with its standard settings on the nonzero voxels, array to array. Arguments: image file or
 * {@code synthetic}, threads, runs, iterations of the levels separated by commas, convergence
 * threshold, shrink factor.
 */
final class BiasFieldBench {
  private BiasFieldBench() {}

  public static void main(String[] args) throws IOException {
    Volume image =
        args[0].equals("synthetic") ? synthetic() : ImageFormats.nifti().read(Path.of(args[0]));
    int threads = Integer.parseInt(args[1]);
    int[] iterations = Arrays.stream(args[3].split(",", -1)).mapToInt(Integer::parseInt).toArray();
    N4BiasField n4 =
        N4BiasField.builder()
            .maximumIterations(iterations)
            .convergenceThreshold(Double.parseDouble(args[4]))
            .shrinkFactor(Integer.parseInt(args[5]))
            .build();
    Mask mask = ForegroundRules.nonzero().mask(image);
    System.out.println(n4.estimate(image, mask, threads));
    Measured.report(
        "n4", threads, Integer.parseInt(args[2]), 1, () -> n4.correct(image, mask, threads));
  }

  /** A ball of two tissues in air, 128 x 160 x 144, under a smooth field; no noise is drawn. */
  private static Volume synthetic() {
    Grid grid = Grid.of(128, 160, 144);
    float[] voxels = new float[(int) grid.voxels()];
    int at = 0;
    for (int z = 0; z < 128; z++) {
      for (int y = 0; y < 160; y++) {
        for (int x = 0; x < 144; x++, at++) {
          double a = z / 63.5 - 1;
          double b = y / 79.5 - 1;
          double c = x / 71.5 - 1;
          double radius = Math.sqrt(a * a + b * b + c * c);
          double folds = 0.05 * Math.sin(19 * b + 2 * a) * Math.cos(17 * c);
          double tissue = radius + folds < 0.7 ? 330 : 220;
          double grain = 9 * Math.sin(12.9898 * z + 78.233 * y + 37.719 * x);
          double bias = Math.exp(0.28 * c - 0.18 * b * b + 0.16 * a * b);
          voxels[at] = radius < 0.95 ? (float) ((tissue + grain) * bias) : 0;
        }
      }
    }
    return Volume.wrap(grid, voxels);
  }
}
