package io.github.nnunet4j.plan;

import io.github.nnunet4j.preprocess.SeparateZ;

/** The planners of nnU-Net v2; {@link V1Planners} has those of v1. */
public final class Planners {
  private Planners() {}

  /**
   * {@code ExperimentPlanner}: a plain U-Net for a device of 8 GB.
   *
   * @return the planner
   */
  public static Planner standard() {
    return Planner.builder().build();
  }

  /**
   * {@code ResEncUNetPlanner}: the older residual encoder planner, 8 GB, batches of at most 5 % of
   * the data.
   *
   * @return the planner
   */
  public static Planner residualEncoder() {
    return residual(
        "ResEncUNetPlanner", "nnUNetResEncUNetPlans", MemoryRules.residualEncoderM(), 0.05);
  }

  /**
   * {@code nnUNetPlannerResEncM}: a residual encoder for 8 GB.
   *
   * @return the planner
   */
  public static Planner residualEncoderM() {
    return residual(
        "nnUNetPlannerResEncM", "nnUNetResEncUNetMPlans", MemoryRules.residualEncoderM(), 1);
  }

  /**
   * {@code nnUNetPlannerResEncL}: a residual encoder for 24 GB.
   *
   * @return the planner
   */
  public static Planner residualEncoderL() {
    return residual(
        "nnUNetPlannerResEncL", "nnUNetResEncUNetLPlans", MemoryRules.residualEncoderL(), 1);
  }

  /**
   * {@code nnUNetPlannerResEncXL}: a residual encoder for 40 GB.
   *
   * @return the planner
   */
  public static Planner residualEncoderXl() {
    return residual(
        "nnUNetPlannerResEncXL", "nnUNetResEncUNetXLPlans", MemoryRules.residualEncoderXl(), 1);
  }

  /**
   * {@code nnUNetPlanner_torchres}: the default planner with linear resampling.
   *
   * @return the planner
   */
  public static Planner torchResampling() {
    return alone(
        standard(),
        "nnUNetPlanner_torchres",
        "nnUNetPlans_torchres",
        ResamplingRules.torch(SeparateZ.NEVER));
  }

  /**
   * {@code nnUNetPlannerResEncL_torchres}: a residual encoder for 24 GB, linear resampling.
   *
   * @return the planner
   */
  public static Planner residualEncoderLTorchResampling() {
    return alone(
        residualEncoderL(),
        "nnUNetPlannerResEncL_torchres",
        "nnUNetResEncUNetLPlans_torchres",
        ResamplingRules.torch(SeparateZ.NEVER));
  }

  /**
   * {@code nnUNetPlannerResEncL_torchres_sepz}: the same, thick slices by themselves.
   *
   * @return the planner
   */
  public static Planner residualEncoderLTorchResamplingSeparateZ() {
    return alone(
        residualEncoderL(),
        "nnUNetPlannerResEncL_torchres_sepz",
        "nnUNetResEncUNetLPlans_torchres_sepz",
        ResamplingRules.torch(SeparateZ.AUTO));
  }

  /**
   * {@code nnUNetPlannerResEncL_noResampling}: a residual encoder for 24 GB, no resampling at all.
   *
   * @return the planner
   */
  public static Planner residualEncoderLNoResampling() {
    return alone(
        residualEncoderL(),
        "nnUNetPlannerResEncL_noResampling",
        "nnUNetResEncUNetLPlans_noResampling",
        ResamplingRules.none());
  }

  /** A variant whose prepared data are its own. */
  private static Planner alone(
      Planner planner, String word, String plansName, ResamplingRule resampling) {
    return planner.toBuilder()
        .word(word)
        .plansName(plansName)
        .identifiers((plans, configuration) -> plans + "_" + configuration)
        .resampling(resampling)
        .build();
  }

  private static Planner residual(
      String word, String plansName, MemoryRule memory, double largestPart) {
    return Planner.builder()
        .word(word)
        .plansName(plansName)
        .identifiers(Planners::sharedIdentifier)
        .topology(TopologyRules.residualEncoder())
        .memory(memory)
        .priority(PriorityRules.referenceBatch())
        .batch(BatchRules.standard(largestPart))
        .build();
  }

  /** Full resolution data are those of the default planner, so that plans share them. */
  private static String sharedIdentifier(String plansName, String configuration) {
    boolean shared = configuration.equals("2d") || configuration.equals("3d_fullres");
    return (shared ? "nnUNetPlans" : plansName) + "_" + configuration;
  }
}
