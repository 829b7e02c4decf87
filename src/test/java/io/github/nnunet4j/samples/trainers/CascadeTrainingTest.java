package io.github.nnunet4j.samples.trainers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nnunet4j.Experiment;
import io.github.nnunet4j.TrainedModel;
import io.github.nnunet4j.dataset.Case;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.infer.Predictor;
import io.github.nnunet4j.plan.Plan;
import io.github.nnunet4j.samples.trainers.TrainerRow.Version;
import io.github.nnunet4j.train.TrainerConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A short training of a cascade's row: both stages by one call, then prediction by both. */
@Tag("engine")
@Tag("slow")
@Timeout(600)
class CascadeTrainingTest {
  private static final String FIRST = "3d_lowres";
  private static final String SECOND = "3d_cascade_fullres";
  private static final int ITERATIONS = 12;

  @TempDir Path folder;

  private static Plan cascade(Plan plan) {
    Extent coarse = Extent.of(16, 24, 16);
    return plan.inheriting(
            FIRST,
            "3d_fullres",
            c ->
                c.dataIdentifier("nnUNetPlans_3d_lowres")
                    .recipe(r -> r.targetSpacing(Spacing.millimetres(2, 2, 2)))
                    .patch(coarse)
                    .batchDice(false))
        .inheriting(SECOND, "3d_fullres", c -> c.previousStage(FIRST))
        .with(FIRST, c -> c.nextStages(List.of(SECOND)));
  }

  private static TrainerConfig.Builder brief(TrainerConfig.Builder t) {
    return t.epochs(3).iterations(ITERATIONS).validationIterations(1).checkpointEvery(1).seed(1);
  }

  @Test
  void trainsBothStagesAndPredicts() throws IOException {
    TrainerRow row = Trainers.find(Version.V1, "nnUNetTrainerV2CascadeFullRes_EducatedGuess2");
    TrainingEdit first = row.edits().orElseThrow().firstStage().orElseThrow();
    Experiment planned =
        new SmallHippocampus(folder.resolve("prepared"))
            .halves()
            .withPlan(CascadeTrainingTest::cascade)
            .withConfiguration(SECOND);
    Experiment experiment = SmallHippocampus.narrowBoth(row.on(planned));
    Experiment stage = experiment.previousStage().orElseThrow();
    Watch watch = new Watch();
    TrainedModel model =
        experiment
            .withPreviousTraining(t -> brief(first.edit(t, stage)))
            .train(watch.over(brief(row.settings(experiment))), folder.resolve("run"));
    watch.requireFallen(ITERATIONS);
    assertThat(model.previousStage().orElseThrow().folds().keySet()).isEqualTo(Set.of("0", "1"));
    Case heldOut = experiment.dataset().find(experiment.split().validation().get(0));
    try (Predictor predictor = model.predictor()) {
      LabelMap labels = predictor.predict(heldOut.image());
      assertThat(labels.grid()).isEqualTo(heldOut.image().grid());
    }
    assertThat(folder.resolve("run/fold_0/validation/summary.json")).exists();
  }
}
