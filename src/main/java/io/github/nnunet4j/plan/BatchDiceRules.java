package io.github.nnunet4j.plan;

/** The built-in uses of batch Dice. */
public final class BatchDiceRules {
  private BatchDiceRules() {}

  /**
   * That of nnU-Net v1 and v2: in 2d, and in 3d_fullres beside a low resolution.
   *
   * @return the rule
   */
  public static BatchDiceRule standard() {
    return new Standard();
  }

  private record Standard() implements BatchDiceRule {
    @Override
    public boolean batchDice(String configuration, boolean cascade) {
      return switch (configuration) {
        case Planning.FLAT -> true;
        case Planning.FULL -> cascade;
        default -> false;
      };
    }
  }
}
