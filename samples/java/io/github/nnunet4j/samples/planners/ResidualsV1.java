package io.github.nnunet4j.samples.planners;

import static io.github.nnunet4j.samples.planners.PlannerRow.v1;

import io.github.nnunet4j.plan.V1Planners;
import io.github.nnunet4j.plan.V1QuirkPlanners;
import java.util.List;

/** The planners of v1 for networks with a residual encoder. */
final class ResidualsV1 {
  private ResidualsV1() {}

  static List<PlannerRow> rows() {
    return List.of(
        v1("ExperimentPlanner3DFabiansResUNet_v21", () -> V1QuirkPlanners.residual())
            .corrected(() -> V1Planners.residual())
            .plans("as ExperimentPlanner3D_v21, the encoder is residual")
            .differs(
                "as released the first memory estimate is that of the patch before it is padded,"
                    + " corrected that of the padded patch; cases too small to be pooled and"
                    + " volumes of one large slice get a plan, the reference fails there with"
                    + " IndexError and OverflowError"),
        v1("ExperimentPlanner3D_residual_v21_bfnnUNet", () -> V1QuirkPlanners.amos())
            .corrected(() -> V1Planners.amos())
            .plans(
                "of the AMOS 2022 challenge: as ExperimentPlanner3DFabiansResUNet_v21 for 15 GB, at"
                    + " 1.5x1x1 mm, resampled along all axes at once")
            .differs(
                "as released it has 30 features by a slip, corrected 32; else as"
                    + " ExperimentPlanner3DFabiansResUNet_v21"),
        v1("ExperimentPlanner3D_residual_v21_bfnnUNet_31", () -> V1QuirkPlanners.amos31())
            .corrected(() -> V1Planners.amos31())
            .plans(
                "as ExperimentPlanner3D_residual_v21_bfnnUNet with the preprocessor"
                    + " Preprocessor3DBetterResampling")
            .differs("as ExperimentPlanner3D_residual_v21_bfnnUNet"),
        v1(
                "ExperimentPlanner3D_residual_v21_bfnnUNet_31_spRegnnU",
                () -> V1QuirkPlanners.amos31FinePixels())
            .corrected(() -> V1Planners.amos31FinePixels())
            .plans("as ExperimentPlanner3D_residual_v21_bfnnUNet_31 at 2x0.688x0.688 mm")
            .differs("as ExperimentPlanner3D_residual_v21_bfnnUNet"));
  }
}
