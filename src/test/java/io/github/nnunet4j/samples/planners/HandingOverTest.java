package io.github.nnunet4j.samples.planners;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nnunet4j.Experiment;
import io.github.nnunet4j.NnUNet;
import io.github.nnunet4j.Phantoms;
import io.github.nnunet4j.dataset.Dataset;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.plan.Planner;
import io.github.nnunet4j.preprocess.GridRules;
import io.github.nnunet4j.preprocess.PreprocessingSteps;
import io.github.nnunet4j.samples.trainers.TrainerRow.Version;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandingOverTest {
  private static final Dataset DATA = Phantoms.volumes(5);

  @Test
  void aPlannerIsHandedOverWithTheDataSet() {
    Experiment planned = HandingOver.planned(DATA);
    Planner found = PlannerRows.find(Version.V1, "ExperimentPlanner3D_v22").asMeant();
    assertThat(planned.plan()).isEqualTo(NnUNet.plan(DATA, found).plan());
    assertThat(planned.plan().experimentPlanner()).isEqualTo("ExperimentPlanner3D_v22");
    assertThat(planned.configuration().preprocessor()).isEqualTo("GenericPreprocessor");
  }

  @Test
  void optionsAreChangesOfAPlanner() {
    Experiment planned = NnUNet.plan(DATA, HandingOver.withOptions());
    assertThat(planned.plan().plansName()).isEqualTo("nnUNetResEncUNetPlans_30G");
    assertThat(planned.withConfiguration("3d_fullres").configuration().recipe().targetSpacing())
        .isEqualTo(Spacing.millimetres(2, 1, 1));
  }

  @Test
  void aPreprocessorIsHandedOverInTheRecipe() {
    Experiment before = NnUNet.plan(DATA);
    Experiment after = HandingOver.prepared(before);
    Experiment planned = NnUNet.plan(DATA, HandingOver.preparing());
    for (Experiment experiment : List.of(after, planned)) {
      assertThat(experiment.plan().configuration("3d_fullres").recipe().steps())
          .isEqualTo(PreprocessingSteps.v1(GridRules.original()));
    }
    assertThat(after.plan().configuration("2d")).isEqualTo(before.plan().configuration("2d"));
    assertThat(planned.plan().configuration("2d").recipe().steps())
        .isEqualTo(PreprocessingSteps.v1(GridRules.original()));
    String row = "PreprocessorFor3D_NoResampling";
    PreprocessorRow same =
        PreprocessorRows.rows().stream()
            .filter(r -> r.names().contains(row))
            .findFirst()
            .orElseThrow();
    assertThat(PreprocessorRows.in(before.plan(), "3d_fullres", same)).isEqualTo(after.plan());
  }
}
