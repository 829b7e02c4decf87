package io.github.nnunet4j.plan;

import io.github.nnunet4j.image.Spacing;
import java.util.ArrayList;
import java.util.List;

/** The built-in orders of axes. */
public final class TransposeRules {
  private TransposeRules() {}

  /**
   * The default of nnU-Net v1 and v2: the first axis of the largest spacing comes first, the others
   * stay in order, so that two-dimensional networks see the planes of the finest voxels.
   *
   * @return the rule
   */
  public static TransposeRule coarsestFirst() {
    return new CoarsestFirst();
  }

  /**
   * The axes of the images ({@code suppress_transpose}).
   *
   * @return the rule
   */
  public static TransposeRule none() {
    return new None();
  }

  private record CoarsestFirst() implements TransposeRule {
    @Override
    public List<Integer> order(Spacing target) {
      List<Integer> order = new ArrayList<>(List.of(0, 1, 2));
      Integer worst = SpacingRules.worst(target.toArray());
      order.remove(worst);
      order.add(0, worst);
      return List.copyOf(order);
    }
  }

  private record None() implements TransposeRule {
    @Override
    public List<Integer> order(Spacing target) {
      return List.of(0, 1, 2);
    }
  }
}
