package io.github.nnunet4j.plan;

/**
 * Changes a finished plan, last of all rules. The reference's planners leave it as it is, but for
 * the one that takes over the plan of another data set; see {@link RevisionRules}.
 */
@FunctionalInterface
public interface RevisionRule {
  /**
   * The plan to return.
   *
   * @param plan by all other rules
   * @return the same or another
   */
  Plan revise(Plan plan);
}
