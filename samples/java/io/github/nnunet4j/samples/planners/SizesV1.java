package io.github.nnunet4j.samples.planners;

import static io.github.nnunet4j.samples.planners.PlannerRow.v1;
import static io.github.nnunet4j.samples.planners.PlannerRow.v1From;

import io.github.nnunet4j.plan.V1Planners;
import io.github.nnunet4j.plan.V1QuirkPlanners;
import java.util.List;

/** The planners of v1 for volumes and for slices, and those for more memory. */
final class SizesV1 {
  private SizesV1() {}

  static List<PlannerRow> rows() {
    return List.of(
        v1("ExperimentPlanner3D_v21", () -> V1Planners.volumes())
            .plans("v1's default for volumes: a plain U-Net of 32 features for about 8 GB"),
        v1("ExperimentPlanner2D_v21", () -> V1QuirkPlanners.slices())
            .corrected(() -> V1Planners.slices())
            .plans("v1's default for slices")
            .differs(
                "as released the first memory estimate counts 30 features, those that follow 32,"
                    + " and both let features grow to 512, where the network stops at 480;"
                    + " corrected it is always that of the network"),
        v1("ExperimentPlanner", () -> V1Planners.oldVolumes())
            .plans(
                "the oldest for volumes: 30 features, median spacing, axes that are pooled less often"
                    + " are pooled last")
            .differs(
                "an axis of less than 4 voxels is not pooled, the reference fails with"
                    + " ValueError there"),
        v1("ExperimentPlanner2D", () -> V1Planners.oldSlices())
            .plans("the oldest for slices: 30 features, whole images instead of patches")
            .differs(
                "where two images do not fit into memory, both fail, here with a PlanException that"
                    + " names V1Planners.slices()"),
        v1("ExperimentPlanner3D_v21_11GB", () -> V1Planners.volumes11Gb())
            .plans("as ExperimentPlanner3D_v21 for 11 GB"),
        v1("ExperimentPlanner3D_v21_16GB", () -> V1Planners.volumes16Gb())
            .plans("as ExperimentPlanner3D_v21 for 16 GB"),
        v1("ExperimentPlanner3D_v21_32GB", () -> V1Planners.volumes32Gb())
            .plans("as ExperimentPlanner3D_v21 for 32 GB"),
        v1("ExperimentPlanner3D_v21_3cps", () -> V1Planners.threeConvolutions())
            .plans("as ExperimentPlanner3D_v21, three convolutions per stage in the same memory")
            .differs(
                "volumes of one large slice get a plan, the reference fails with OverflowError"
                    + " there"),
        v1From(
                "ExperimentPlanner3D_v21_Pretrained",
                (source, name) -> V1Planners.pretrained(source, name))
            .plans(
                "the plan of another data set, whole, statistics of its intensities included, under"
                    + " names of its own"));
  }
}
