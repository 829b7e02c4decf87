package io.github.nnunet4j.plan;

/**
 * Decides whether full resolution is also planned as the second stage of a cascade, behind low
 * resolution. The reference always does ({@code 3d_cascade_fullres}).
 */
@FunctionalInterface
public interface CascadeRule {
  /**
   * Whether there is a cascade.
   *
   * @param low the low resolution
   * @param full the full resolution
   * @return true to plan 3d_cascade_fullres
   */
  boolean follows(StagePlan low, StagePlan full);
}
