package io.github.nnunet4j.samples.trainers;

import io.github.nnunet4j.Experiment;
import io.github.nnunet4j.NnUNet;
import io.github.nnunet4j.Phantoms;
import io.github.nnunet4j.dataset.Dataset;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.train.TrainerConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Plans of generated data on which the rows are tried. */
final class SmallExperiments {
  private static final Experiment VOLUMES = NnUNet.plan(Phantoms.volumes(5));
  private static final Experiment REGIONS = NnUNet.plan(regionData());

  private SmallExperiments() {}

  /** Three axes, two classes. */
  static Experiment volumes() {
    return VOLUMES
        .withConfiguration("3d_fullres")
        .withPlan(plan -> plan.with("3d_fullres", c -> c.patch(Extent.of(32, 32, 32))));
  }

  /** The same data slice by slice. */
  static Experiment slices() {
    return VOLUMES.withConfiguration("2d");
  }

  /** Three axes, two regions of which one holds the other. */
  static Experiment regions() {
    return REGIONS.withConfiguration("3d_fullres");
  }

  /** With the plan's word on batch Dice. */
  static Experiment batchDice(Experiment experiment, boolean value) {
    String name = experiment.configuration().name();
    return experiment.withPlan(plan -> plan.with(name, c -> c.batchDice(value)));
  }

  /** What a row trains with. */
  static TrainerConfig settings(TrainerRow row, Experiment experiment) {
    return row.settings(row.on(experiment)).build();
  }

  private static Dataset regionData() {
    Map<String, List<Integer>> entries = new LinkedHashMap<>();
    entries.put("background", List.of(0));
    entries.put("whole", List.of(1, 2));
    entries.put("core", List.of(2));
    Dataset.Builder builder =
        Dataset.builder("Regions").channels("MRI").labels(Labels.of(entries, List.of(1, 2)));
    for (int i = 0; i < 5; i++) {
      Grid grid = Grid.of(Extent.of(20, 24, 22), Spacing.millimetres(1.5, 1, 1));
      LabelMap labels = Phantoms.labels(grid, i);
      builder.add("case_" + i, Phantoms.image(labels, i, 1), labels);
    }
    return builder.build();
  }
}
