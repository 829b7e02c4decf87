package io.github.nnunet4j.samples.planners;

import static io.github.nnunet4j.samples.planners.PlannerRow.v2;

import io.github.nnunet4j.plan.Planners;
import java.util.List;

/** The planners of v2. */
final class PlannersV2 {
  private PlannersV2() {}

  static List<PlannerRow> rows() {
    return List.of(
        v2("ExperimentPlanner", () -> Planners.standard())
            .plans("the default: a plain U-Net for 8 GB"),
        v2("nnUNetPlannerResEncM", () -> Planners.residualEncoderM())
            .plans("a residual encoder for 8 GB"),
        v2("nnUNetPlannerResEncL", () -> Planners.residualEncoderL())
            .plans("a residual encoder for 24 GB"),
        v2("nnUNetPlannerResEncXL", () -> Planners.residualEncoderXl())
            .plans("a residual encoder for 40 GB"),
        v2("ResEncUNetPlanner", () -> Planners.residualEncoder())
            .plans(
                "the older one: as nnUNetPlannerResEncM, but a batch sees at most 5 % of the data"),
        v2("nnUNetPlanner_torchres", () -> Planners.torchResampling())
            .plans("as ExperimentPlanner, resampled linearly along all axes at once"),
        v2("nnUNetPlannerResEncL_torchres", () -> Planners.residualEncoderLTorchResampling())
            .plans("as nnUNetPlannerResEncL, resampled linearly along all axes at once"),
        v2(
                "nnUNetPlannerResEncL_torchres_sepz",
                () -> Planners.residualEncoderLTorchResamplingSeparateZ())
            .plans("as nnUNetPlannerResEncL, resampled linearly, across thick slices by itself"),
        v2("nnUNetPlannerResEncL_noResampling", () -> Planners.residualEncoderLNoResampling())
            .plans("as nnUNetPlannerResEncL, each case stays on its own grid"));
  }
}
