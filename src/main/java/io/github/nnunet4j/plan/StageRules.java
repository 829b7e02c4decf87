package io.github.nnunet4j.plan;

import io.github.nnunet4j.internal.Checks;
import java.util.List;

/** The built-in features and blocks per stage. */
public final class StageRules {
  private StageRules() {}

  /**
   * Features that double from stage to stage: {@code min(first * 2^stage, most)}; 32, 512, 320 in
   * nnU-Net v2.
   *
   * @param first features of the first stage
   * @param most2d most features of a two-dimensional network
   * @param most3d most features of a three-dimensional network
   * @return the rule
   */
  public static StageRule doubling(int first, int most2d, int most3d) {
    return new Doubling(first, most2d, most3d);
  }

  /**
   * Numbers of the first stages, the last of which goes on, such as 1, 3, 4, 6 residual blocks.
   *
   * @param first at least one number
   * @return the rule
   */
  public static StageRule of(Integer... first) {
    Checks.argument(first.length > 0, "at least one number per stage is needed");
    return new Listed(List.of(first));
  }

  private record Doubling(int first, int most2d, int most3d) implements StageRule {
    @Override
    public int at(int stage, int rank) {
      return (int) Math.min(rank == 2 ? most2d : most3d, (long) first << Math.min(stage, 20));
    }
  }

  private record Listed(List<Integer> first) implements StageRule {
    @Override
    public int at(int stage, int rank) {
      return first.get(Math.min(stage, first.size() - 1));
    }
  }
}
