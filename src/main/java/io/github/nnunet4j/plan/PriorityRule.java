package io.github.nnunet4j.plan;

/**
 * Decides between patch and batch: says whether a patch is small enough. The reference accepts the
 * largest patch of which the smallest batch, 2, fits ({@code estimate / reference batch * 2 <=
 * reference}) and fills what is left by the {@link BatchRule}; see {@link PriorityRules}.
 */
@FunctionalInterface
public interface PriorityRule {
  /**
   * Whether a patch is accepted.
   *
   * @param use what it costs
   * @return false for a smaller one
   */
  boolean fits(MemoryUse use);
}
