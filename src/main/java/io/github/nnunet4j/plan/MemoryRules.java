package io.github.nnunet4j.plan;

/** The memory rules of the planners of nnU-Net v2. */
public final class MemoryRules {
  private MemoryRules() {}

  /**
   * The default planner's: 8 GB, at most 5 % of the data in a batch.
   *
   * @return the rule
   */
  public static MemoryRule standard() {
    return new MemoryRule(85e6, 560e6, 8, 8, new MemoryRule.Options(true, 0.05));
  }

  /**
   * That of {@code ResEncUNetPlanner}: 8 GB, at most 5 % of the data in a batch.
   *
   * @return the rule
   */
  public static MemoryRule residualEncoder() {
    return residual(135e6, 680e6, 8, 0.05);
  }

  /**
   * That of {@code nnUNetPlannerResEncM}: 8 GB, batches of any part of the data.
   *
   * @return the rule
   */
  public static MemoryRule residualEncoderM() {
    return residual(135e6, 680e6, 8, 1);
  }

  /**
   * That of {@code nnUNetPlannerResEncL}: 24 GB, batches of any part of the data.
   *
   * @return the rule
   */
  public static MemoryRule residualEncoderL() {
    return residual(380e6, 2100e6, 24, 1);
  }

  /**
   * That of {@code nnUNetPlannerResEncXL}: 40 GB, batches of any part of the data.
   *
   * @return the rule
   */
  public static MemoryRule residualEncoderXl() {
    return residual(560e6, 3600e6, 40, 1);
  }

  private static MemoryRule residual(double two, double three, double gigabytes, double part) {
    return new MemoryRule(two, three, gigabytes, gigabytes, new MemoryRule.Options(false, part));
  }
}
