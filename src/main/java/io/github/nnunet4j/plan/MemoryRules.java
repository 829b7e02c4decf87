package io.github.nnunet4j.plan;

import io.github.nnunet4j.plan.MemoryRule.Reference;

/** The memory references of the planners of nnU-Net v2 and v1. */
public final class MemoryRules {
  /** {@code Generic_UNet.use_this_for_batch_size_computation_3D}, for 30 features. */
  private static final double GENERIC_3D = 520e6;

  /** {@code Generic_UNet.use_this_for_batch_size_computation_2D}, of a sample in a batch of 50. */
  private static final double GENERIC_2D = 19_739_648;

  private static final int GENERIC_BATCH_2D = 50;

  private MemoryRules() {}

  /**
   * nnU-Net v2's: 560e6 values in 3D with a batch of 2, 85e6 in 2D with a batch of 12, 8 GB.
   *
   * @return the rule
   */
  public static MemoryRule standard() {
    return v2(85e6, 560e6, 8);
  }

  /**
   * That of {@code ResEncUNetPlanner} and {@code nnUNetPlannerResEncM}: 680e6 values in 3D, 135e6
   * in 2D, 8 GB.
   *
   * @return the rule
   */
  public static MemoryRule residualEncoderM() {
    return v2(135e6, 680e6, 8);
  }

  /**
   * That of {@code nnUNetPlannerResEncL}: 2100e6 values in 3D, 380e6 in 2D, 24 GB.
   *
   * @return the rule
   */
  public static MemoryRule residualEncoderL() {
    return v2(380e6, 2100e6, 24);
  }

  /**
   * That of {@code nnUNetPlannerResEncXL}: 3600e6 values in 3D, 560e6 in 2D, 40 GB.
   *
   * @return the rule
   */
  public static MemoryRule residualEncoderXl() {
    return v2(560e6, 3600e6, 40);
  }

  private static MemoryRule v2(double two, double three, double gigabytes) {
    return new MemoryRule(new Reference(two, 12), new Reference(three, 2), gigabytes, gigabytes);
  }

  /**
   * nnU-Net v1's for {@code Generic_UNet}: {@code 520e6 * features / 30} values in 3D, {@code
   * 19739648 * 50 / 2 * features / 30} in 2D, both with a batch of 2; about 8 GB. The 2D planners
   * of v1 say 30 features even where their network has 32.
   *
   * @param features of the first stage: 30 in the oldest planners, 32 in v2.1
   * @return the rule
   */
  public static MemoryRule genericUNet(int features) {
    return v1(GENERIC_3D * features / 30, GENERIC_2D * GENERIC_BATCH_2D / 2 * features / 30, 8);
  }

  /**
   * That of {@code ExperimentPlanner3D_v21_11GB}: {@code 520e6 * 11 / 8} values in 3D.
   *
   * @return the rule
   */
  public static MemoryRule genericUNet11() {
    return v1(GENERIC_3D * 11 / 8, GENERIC_2D * GENERIC_BATCH_2D / 2, 11);
  }

  /**
   * That of {@code ExperimentPlanner3D_v21_16GB}: {@code 520e6 * 16 / 8.5} values in 3D.
   *
   * @return the rule
   */
  public static MemoryRule genericUNet16() {
    return v1(GENERIC_3D * 16 / 8.5, GENERIC_2D * GENERIC_BATCH_2D / 2, 16);
  }

  /**
   * That of {@code ExperimentPlanner3D_v21_32GB}: {@code 520e6 * 32 / 8} values in 3D.
   *
   * @return the rule
   */
  public static MemoryRule genericUNet32() {
    return v1(GENERIC_3D * 32 / 8, GENERIC_2D * GENERIC_BATCH_2D / 2, 32);
  }

  /**
   * That of {@code ExperimentPlanner2D}, for {@link PriorityRules#wholeImages()}: 19739648 values
   * of a sample in 2D with a batch of 50.
   *
   * @return the rule
   */
  public static MemoryRule genericUNetWholeImages() {
    return new MemoryRule(
        new Reference(GENERIC_2D, GENERIC_BATCH_2D), new Reference(GENERIC_3D, 2), 8, 8);
  }

  /**
   * nnU-Net v1's for {@code FabiansUNet}: 1230348801 values of a batch of 2 in 3D ({@code
   * use_this_for_3D_configuration}), 1244233721 in 2D; about 8 GB.
   *
   * @return the rule
   */
  public static MemoryRule fabiansUNet() {
    return new MemoryRule(
        new Reference(1_244_233_721.0, 2), new Reference(1_230_348_801.0, 2), 8, 8);
  }

  private static MemoryRule v1(double three, double two, double gigabytes) {
    return new MemoryRule(new Reference(two, 2), new Reference(three, 2), gigabytes, gigabytes);
  }
}
