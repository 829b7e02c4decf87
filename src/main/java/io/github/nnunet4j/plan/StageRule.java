package io.github.nnunet4j.plan;

/**
 * A whole number per stage of a network: features, convolutions or residual blocks; see {@link
 * StageRules}.
 */
@FunctionalInterface
public interface StageRule {
  /**
   * The number for a stage.
   *
   * @param stage 0 is full resolution
   * @param rank number of the network's axes, 2 or 3
   * @return at least 1
   */
  int at(int stage, int rank);
}
