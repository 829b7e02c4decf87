package io.github.nnunet4j.plan;

/** The built-in decisions on cascades. */
public final class CascadeRules {
  private CascadeRules() {}

  /**
   * A cascade behind every low resolution, as the reference plans it.
   *
   * @return the rule
   */
  public static CascadeRule always() {
    return new Fixed(true);
  }

  /**
   * No cascade: low resolution stands alone.
   *
   * @return the rule
   */
  public static CascadeRule never() {
    return new Fixed(false);
  }

  private record Fixed(boolean follows) implements CascadeRule {
    @Override
    public boolean follows(StagePlan low, StagePlan full) {
      return follows;
    }
  }
}
