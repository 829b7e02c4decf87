package io.github.nnunet4j.plan;

/** The built-in choices between 2d and 3d. */
public final class RankRules {
  private RankRules() {}

  /**
   * nnU-Net v2's: 2d always, 3d unless the median case has one slice.
   *
   * @return the rule
   */
  public static RankRule standard() {
    return new Standard();
  }

  /**
   * Slices alone, as the 2D planners of nnU-Net v1.
   *
   * @return the rule
   */
  public static RankRule slices() {
    return new Only(2);
  }

  /**
   * Volumes alone, as the 3D planners of nnU-Net v1; also of one slice.
   *
   * @return the rule
   */
  public static RankRule volumes() {
    return new Only(3);
  }

  private record Standard() implements RankRule {
    @Override
    public boolean plans(int rank, MedianSize size) {
      return rank == 2 || size.planned().get(0) != 1;
    }
  }

  private record Only(int only) implements RankRule {
    @Override
    public boolean plans(int rank, MedianSize size) {
      return rank == only;
    }
  }
}
