package io.github.nnunet4j.plan;

/**
 * Planners of nnU-Net v1 exactly as released, slips of its code included, so that plans equal those
 * of old models and files. {@link V1Planners} has the same planners as they were meant, and all
 * those that do not slip.
 */
public final class V1QuirkPlanners {
  private V1QuirkPlanners() {}

  /**
   * {@code ExperimentPlanner2D_v21}: its first memory estimate counts 30 features, those that
   * follow 32; both let features grow to 512, the network stops at 480.
   *
   * @return the planner
   */
  public static Planner slices() {
    return V1Compositions.flat().build();
  }

  /**
   * {@code ExperimentPlanner2D_v21_RGB_scaleTo_0_1}: estimates as {@link #slices()}.
   *
   * @return the planner
   */
  public static Planner rgbTo01() {
    return V1Compositions.rgb(V1Compositions.flat()).build();
  }

  /**
   * {@code ExperimentPlanner3DFabiansResUNet_v21}: its first memory estimate is that of the patch
   * before it is padded.
   *
   * @return the planner
   */
  public static Planner residual() {
    return unpadded(V1Compositions.fabians(32), 32);
  }

  /**
   * {@code ExperimentPlannerTargetSpacingForAnisoAxis}: the spacing of thick slices may become
   * finer than that of the other axes.
   *
   * @return the planner
   */
  public static Planner spacingForThickSlices() {
    return V1Compositions.thickSlices().build();
  }

  /**
   * {@code ExperimentPlanner3D_v21_customTargetSpacing_2x2x2}: 2x2x2 mm with 30 features, for it
   * passes over the constructor that sets 32.
   *
   * @return the planner
   */
  public static Planner spacing2x2x2() {
    return V1Compositions.spacing2x2x2(30).build();
  }

  /**
   * {@code ExperimentPlanner3D_residual_v21_bfnnUNet}: 30 features and the unpadded first estimate.
   *
   * @return the planner
   */
  public static Planner amos() {
    return unpadded(V1Compositions.amos(30), 30);
  }

  /**
   * {@code ExperimentPlanner3D_residual_v21_bfnnUNet_31}: 30 features and the unpadded first
   * estimate.
   *
   * @return the planner
   */
  public static Planner amos31() {
    return unpadded(V1Compositions.amos31(30), 30);
  }

  /**
   * {@code ExperimentPlanner3D_residual_v21_bfnnUNet_31_spRegnnU}: 30 features and the unpadded
   * first estimate.
   *
   * @return the planner
   */
  public static Planner amos31FinePixels() {
    return unpadded(V1Compositions.amos31FinePixels(30), 30);
  }

  private static Planner unpadded(Planner.Builder builder, int features) {
    return builder.estimate(EstimateRules.fabiansUNetUnpaddedFirst(features)).build();
  }
}
