package io.github.nnunet4j.samples;

import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.plan.Planner;
import io.github.nnunet4j.plan.Planners;
import io.github.nnunet4j.plan.SpacingRule;
import io.github.nnunet4j.plan.SpacingRules;
import java.util.Arrays;

/**
 * A planner rule of one's own: voxels are cubes, as fine as the finest axis of nnU-Net's choice.
 */
public final class OwnPlannerRule {
  private OwnPlannerRule() {}

  /** Asks the built-in rule first; a plain lambda. */
  public static SpacingRule cubes() {
    return fingerprint -> {
      double[] usual = SpacingRules.median().target(fingerprint).toArray();
      double edge = Arrays.stream(usual).min().orElseThrow();
      return Spacing.millimetres(edge, edge, edge);
    };
  }

  /** The default planner with it; its plans, and the data prepared by them, have another name. */
  public static Planner planner() {
    return Planners.standard().withSpacing(cubes()).toBuilder()
        .word("CubePlanner")
        .plansName("cubePlans")
        .build();
  }
}
