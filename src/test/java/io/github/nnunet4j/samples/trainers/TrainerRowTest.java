package io.github.nnunet4j.samples.trainers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nnunet4j.Experiment;
import io.github.nnunet4j.Phantoms;
import io.github.nnunet4j.TrainedModel;
import io.github.nnunet4j.samples.trainers.TrainerRow.Version;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A row as a user takes it. */
@Tag("engine")
class TrainerRowTest {
  private static final TrainerRow BRIEF =
      TrainerRow.v2("brief")
          .training((t, experiment) -> t.epochs(1).iterations(2).validationIterations(1));

  @Test
  void trains(@TempDir Path folder) {
    Experiment experiment = SmallExperiments.volumes().withPlan(Phantoms::tiny);
    TrainedModel model = BRIEF.train(experiment, folder.resolve("run"));
    assertThat(model.configuration().name()).isEqualTo("3d_fullres");
    assertThat(folder.resolve("run/model")).isDirectory();
  }

  @Test
  void changesTheStageBeforeAsWell() {
    Experiment cascade =
        SmallExperiments.volumes()
            .withPlan(
                plan ->
                    plan.inheriting("3d_lowres", "3d_fullres", c -> c.batchDice(false))
                        .inheriting(
                            "3d_cascade_fullres", "3d_fullres", c -> c.previousStage("3d_lowres")))
            .withConfiguration("3d_cascade_fullres");
    Experiment changed =
        Trainers.find(Version.V1, "nnUNetTrainerV2").firstStage((t, e) -> t).on(cascade);
    assertThat(changed.configuration().topology())
        .isEqualTo(V1.network(cascade.configuration()).topology())
        .isNotEqualTo(cascade.configuration().topology());
    assertThat(changed.previousStage().get().configuration().topology())
        .isEqualTo(changed.configuration().topology());
  }

  @Test
  void printsItsNames() {
    assertThat(TrainerRow.v1("a", "b").differs("a little")).hasToString("V1 a, b");
    assertThat(TrainerRow.none(Version.V2, "c").configuration(c -> c).edits()).isPresent();
    assertThat(TrainerRow.none(Version.V2, "c").edits()).isEmpty();
  }
}
