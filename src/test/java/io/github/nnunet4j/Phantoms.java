package io.github.nnunet4j;

import io.github.nnunet4j.dataset.Dataset;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.network.UNet;
import io.github.nnunet4j.plan.Plan;
import java.util.Collections;
import java.util.SplittableRandom;

/** Small generated data sets: bright ellipsoids on noise. */
public final class Phantoms {
  private Phantoms() {}

  public static Dataset volumes(int cases) {
    Dataset.Builder builder =
        Dataset.builder("Phantoms").channels("MRI").labels(Labels.of("outer", "inner"));
    for (int i = 0; i < cases; i++) {
      Grid grid =
          Grid.of(Extent.of(20 + i % 2, 24, 22), Spacing.millimetres(1.5, 1, 1))
              .placed(new double[] {i, -3, 7.5}, new double[] {1, 0, 0, 0, -1, 0, 0, 0, 1});
      LabelMap labels = labels(grid, i);
      builder.add("case_" + i, image(labels, i, 1), labels);
    }
    return builder.build();
  }

  public static Dataset pictures(int cases) {
    Dataset.Builder builder =
        Dataset.builder("Pictures")
            .channels("rgb_to_0_1", "rgb_to_0_1", "rgb_to_0_1")
            .labels(Labels.of("outer", "inner"));
    for (int i = 0; i < cases; i++) {
      Grid grid = Grid.of(Extent.of(1, 48, 56), Spacing.millimetres(999, 1, 1));
      LabelMap labels = labels(grid, i);
      builder.add("picture_" + i, image(labels, i, 3), labels);
    }
    return builder.build();
  }

  public static LabelMap labels(Grid grid, int seed) {
    short[] labels = new short[(int) grid.voxels()];
    Extent e = grid.extent();
    int at = 0;
    for (int z = 0; z < e.get(0); z++) {
      for (int y = 0; y < e.get(1); y++) {
        for (int x = 0; x < e.get(2); x++, at++) {
          double dz = e.get(0) == 1 ? 0 : (z - e.get(0) / 2.0) / e.get(0);
          double dy = (y - e.get(1) / 2.0 + seed % 3 - 1) / e.get(1);
          double dx = (x - e.get(2) / 2.0) / e.get(2);
          double r = dz * dz + dy * dy + dx * dx;
          labels[at] = (short) (r < 0.02 ? 2 : r < 0.1 ? 1 : 0);
        }
      }
    }
    return LabelMap.wrap(grid, labels);
  }

  public static Volume image(LabelMap labels, int seed, int channels) {
    SplittableRandom random = new SplittableRandom(seed);
    short[] truth = labels.unsafeArray();
    float[][] voxels = new float[channels][truth.length];
    for (float[] channel : voxels) {
      for (int i = 0; i < truth.length; i++) {
        double value = 60 + 60 * truth[i] + 10 * random.nextGaussian();
        channel[i] = (float) Math.max(1, Math.min(255, Math.rint(value)));
      }
    }
    return Volume.wrap(labels.grid(), voxels);
  }

  /** The same plan with networks and batches that train within seconds. */
  public static Plan tiny(Plan plan) {
    Plan small = plan;
    for (String name : plan.names()) {
      UNet network = (UNet) plan.configuration(name).topology();
      small =
          small.with(
              name,
              c ->
                  c.batchSize(2)
                      .topology(
                          network.toBuilder()
                              .features(Collections.nCopies(network.stages(), 8))
                              .blocks(1, 1)
                              .build()));
    }
    return small;
  }
}
