package io.github.nnunet4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nnunet4j.dataset.Dataset;
import io.github.nnunet4j.evaluate.SummaryJson;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.network.Topologies;
import io.github.nnunet4j.network.UNet;
import io.github.nnunet4j.plan.Plan;
import io.github.nnunet4j.train.OptimizerSchedules;
import io.github.nnunet4j.train.Optimizers;
import io.github.nnunet4j.train.TrainerConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real cascade: a coarse first stage of the hippocampus and a second one behind it. */
@Tag("engine")
@Tag("slow")
@Timeout(3600)
class CascadeRealDataTest {
  private static final Path HIPPOCAMPUS = Path.of("samples/data/Dataset004_Hippocampus");

  @TempDir Path folder;

  /** As nnU-Net's own integration test adds a cascade to this data set, with smaller networks. */
  private static Plan coarse(Plan planned) {
    Plan plan = CascadeTest.cascade(planned, 2, Extent.of(40, 56, 40));
    UNet full = (UNet) plan.configuration("3d_fullres").topology();
    List<Integer> three = List.of(3, 3, 3);
    List<Integer> two = List.of(2, 2, 2);
    UNet low =
        Topologies.plainUNet(
                List.of(8, 16, 32),
                Collections.nCopies(3, three),
                List.of(List.of(1, 1, 1), two, two))
            .build();
    return plan.with("3d_lowres", c -> c.topology(low).patch(Extent.of(20, 28, 20)).batchSize(4))
        .with(
            "3d_cascade_fullres",
            c ->
                c.batchSize(2)
                    .topology(
                        full.toBuilder()
                            .features(full.features().stream().map(f -> f / 4).toList())
                            .build()));
  }

  private static TrainerConfig.Builder brief(TrainerConfig.Builder t) {
    return t.iterations(50)
        .validationIterations(1)
        .optimizer(Optimizers.adamW(3e-5))
        .schedule(OptimizerSchedules.polynomial(3e-3, 0.9))
        .mirrorAxes(1)
        .seed(1);
  }

  @Test
  void theSecondStageIsNotWorseThanTheFirst() throws IOException {
    Experiment experiment =
        NnUNet.plan(Dataset.open(HIPPOCAMPUS))
            .withPlan(CascadeRealDataTest::coarse)
            .withConfiguration("3d_cascade_fullres")
            .withPreviousTraining(t -> brief(t).epochs(4));
    TrainedModel model = experiment.train(t -> brief(t).epochs(6), folder);
    double first = dice(folder.resolve("previous_stage"));
    double second = dice(folder);
    System.out.println("Dice of the first stage " + first + ", of the second " + second);
    assertThat(first).isGreaterThan(0.3);
    assertThat(second).isGreaterThanOrEqualTo(first);
    assertThat(model.previousStage().orElseThrow().folds()).hasSize(5);
  }

  private static double dice(Path run) throws IOException {
    return SummaryJson.read(run.resolve("fold_0/validation/summary.json")).foregroundMean().dice();
  }
}
