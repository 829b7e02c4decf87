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
import io.github.nnunet4j.plan.Configuration;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Experiments of any patch, network, channels and labels, on generated cases of no meaning. */
public final class RowExperiments {
  private static final String FULL = "3d_fullres";
  private static final String LOW = "3d_lowres";
  private static final String CASCADE = "3d_cascade_fullres";
  private static final Map<Shape, Experiment> PLANNED = new ConcurrentHashMap<>();

  private RowExperiments() {}

  private record Shape(int channels, int labels) {}

  /** One channel, two labels. */
  public static Experiment of(int rank, Consumer<Configuration.Builder> edit) {
    return of(rank, 1, 2, edit);
  }

  /** 2D or 3D; the plan's own but for the edit. */
  public static Experiment of(
      int rank, int channels, int labels, Consumer<Configuration.Builder> edit) {
    String name = rank == 3 ? FULL : "2d";
    return planned(channels, labels)
        .withPlan(plan -> plan.with(name, edit))
        .withConfiguration(name);
  }

  /** The second stage of a cascade. */
  public static Experiment cascade(int labels, Consumer<Configuration.Builder> edit) {
    return of(3, 1, labels, edit)
        .withPlan(
            plan ->
                plan.inheriting(
                        LOW, FULL, c -> c.dataIdentifier("nnUNetPlans_3d_lowres").batchDice(false))
                    .inheriting(CASCADE, FULL, c -> c.previousStage(LOW))
                    .with(LOW, c -> c.nextStages(Collections.singletonList(CASCADE))))
        .withConfiguration(CASCADE);
  }

  private static Experiment planned(int channels, int labels) {
    return PLANNED.computeIfAbsent(
        new Shape(channels, labels), shape -> NnUNet.plan(dataset(shape)));
  }

  private static Dataset dataset(Shape shape) {
    Dataset.Builder builder =
        Dataset.builder("Rows")
            .channels(
                IntStream.range(0, shape.channels()).mapToObj(c -> "MRI").toArray(String[]::new))
            .labels(
                Labels.of(
                    IntStream.rangeClosed(1, shape.labels())
                        .mapToObj(label -> "label " + label)
                        .toArray(String[]::new)));
    for (int i = 0; i < 2; i++) {
      Grid grid = Grid.of(Extent.of(20, 24, 22), Spacing.millimetres(1, 1, 1));
      LabelMap map = Phantoms.labels(grid, i);
      builder.add("case_" + i, Phantoms.image(map, i, shape.channels()), map);
    }
    return builder.build();
  }
}
