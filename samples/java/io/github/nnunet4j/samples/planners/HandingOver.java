package io.github.nnunet4j.samples.planners;

import io.github.nnunet4j.Experiment;
import io.github.nnunet4j.NnUNet;
import io.github.nnunet4j.dataset.Dataset;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.plan.Planner;
import io.github.nnunet4j.plan.Planners;
import io.github.nnunet4j.plan.SpacingRules;
import io.github.nnunet4j.plan.V1Planners;
import io.github.nnunet4j.preprocess.GridRules;

/** How a planner and a preprocessor are handed over. */
public final class HandingOver {
  private HandingOver() {}

  /** ExperimentPlanner3D_v22 of v1. */
  public static Experiment planned(Dataset dataset) {
    return NnUNet.plan(dataset, V1Planners.v22());
  }

  /** The options of nnUNetv2_plan_experiment: -gpu_memory_target, -overwrite_target_spacing. */
  public static Planner withOptions() {
    return Planners.residualEncoderL()
        .withMemoryTarget(30)
        .withSpacing(SpacingRules.fixed(Spacing.millimetres(2, 1, 1)))
        .toBuilder()
        .plansName("nnUNetResEncUNetPlans_30G")
        .build();
  }

  /** PreprocessorFor3D_NoResampling in a plan that is there. */
  public static Experiment prepared(Experiment experiment) {
    return experiment.withPlan(
        plan ->
            plan.with(
                "3d_fullres",
                c ->
                    c.recipe(
                        V1Recipes.volumes(
                            plan.configuration("3d_fullres").recipe(), GridRules.original()))));
  }

  /** The same for all configurations that a planner plans. */
  public static Planner preparing() {
    return Planners.standard().toBuilder()
        .plansName("nnUNetPlans_noRes")
        .recipe(r -> V1Recipes.volumes(r, GridRules.original()))
        .build();
  }
}
