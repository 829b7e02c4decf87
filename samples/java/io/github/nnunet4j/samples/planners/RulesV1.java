package io.github.nnunet4j.samples.planners;

import static io.github.nnunet4j.samples.planners.PlannerRow.v1;

import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.plan.V1Planners;
import io.github.nnunet4j.plan.V1QuirkPlanners;
import java.util.List;

/** The planners of v1 that differ from others by a rule: spacing, intensities, patch, pooling. */
final class RulesV1 {
  private RulesV1() {}

  static List<PlannerRow> rows() {
    return List.of(
        v1("ExperimentPlanner3D_v22", () -> V1Planners.v22())
            .plans(
                "as ExperimentPlanner3D_v21, thick slices stay at least three times as thick as"
                    + " their pixels"),
        v1("ExperimentPlanner3D_v23", () -> V1Planners.v23())
            .plans(
                "as ExperimentPlanner3D_v21 with the preprocessor"
                    + " Preprocessor3DDifferentResampling"),
        v1(
                "ExperimentPlanner3D_v21_customTargetSpacing_2x2x2",
                () -> V1QuirkPlanners.spacing2x2x2())
            .corrected(() -> V1Planners.spacing(Spacing.millimetres(2, 2, 2)))
            .plans("as ExperimentPlanner3D_v21 in cubes of 2 mm; corrected for any spacing")
            .differs(
                "as released it passes over the constructor that sets 32 features and has 30;"
                    + " corrected it has 32"),
        v1(
                "ExperimentPlannerTargetSpacingForAnisoAxis",
                () -> V1QuirkPlanners.spacingForThickSlices())
            .corrected(() -> V1Planners.spacingForThickSlices())
            .plans("as ExperimentPlanner, a finer spacing for thick slices")
            .differs(
                "as released that spacing may become finer than that of the other axes, corrected"
                    + " it does not; an axis of less than 4 voxels as in ExperimentPlanner"),
        v1("ExperimentPlanner3D_v21_noResampling", () -> V1Planners.noResampling())
            .plans(
                "as ExperimentPlanner3D_v21, each case stays on its own grid, no low resolution"),
        v1("ExperimentPlanner3D_v21_noResampling_16GB", () -> V1Planners.noResampling16Gb())
            .plans("as ExperimentPlanner3D_v21_noResampling for 16 GB"),
        v1("ExperimentPlannerCT2", () -> V1Planners.ct2())
            .plans(
                "as ExperimentPlanner, CT is clipped by the training cases, then normalized case by"
                    + " case")
            .differs("an axis of less than 4 voxels as in ExperimentPlanner"),
        v1("ExperimentPlannernonCT", () -> V1Planners.nonCt())
            .plans("as ExperimentPlanner, every channel is normalized case by case, CT too")
            .differs("an axis of less than 4 voxels as in ExperimentPlanner"),
        v1("ExperimentPlanner2D_v21_RGB_scaleTo_0_1", () -> V1QuirkPlanners.rgbTo01())
            .corrected(() -> V1Planners.rgbTo01())
            .plans(
                "as ExperimentPlanner2D_v21 with the preprocessor"
                    + " GenericPreprocessor_scale_uint8_to_0_1")
            .differs("estimates as in ExperimentPlanner2D_v21"),
        v1("ExperimentPlannerIso", () -> V1Planners.isotropicMillimetres())
            .plans("as ExperimentPlanner, patches see as many millimetres along every axis")
            .differs("an axis of less than 4 voxels as in ExperimentPlanner"),
        v1("ExperimentPlanner3D_IsoPatchesInVoxels", () -> V1Planners.isotropicVoxels())
            .plans("as ExperimentPlanner, patches have as many voxels along every axis")
            .differs("an axis of less than 4 voxels as in ExperimentPlanner"),
        v1("ExperimentPlannerAllConv3x3", () -> V1Planners.kernelsOf3())
            .plans("as ExperimentPlanner, kernels of 3 along every axis at every depth")
            .differs("an axis of less than 4 voxels as in ExperimentPlanner"),
        v1("ExperimentPlannerPoolBasedOnSpacing", () -> V1Planners.poolingBySpacing())
            .plans("as ExperimentPlanner, pooled by spacing"));
  }
}
