package io.github.nnunet4j.plan;

/**
 * Decides which of 2d and 3d configurations are planned. nnU-Net v2 plans 2d always and 3d unless
 * the first axis has one voxel; nnU-Net v1 has a planner for each; see {@link RankRules}.
 */
@FunctionalInterface
public interface RankRule {
  /**
   * Whether configurations of a number of axes are planned.
   *
   * @param rank 2 or 3
   * @param size of the median case, after transposition
   * @return true to plan them
   */
  boolean plans(int rank, MedianSize size);
}
