package io.github.nnunet4j.plan;

import java.util.Optional;

/**
 * Decides whether there is a low resolution configuration, and of which spacing. The reference
 * makes one where a patch of full resolution sees less than a quarter of the median case: it
 * coarsens the spacing step by step until a patch sees a quarter, and keeps the result if it saves
 * half of the voxels; see {@link LowResolutionRules}.
 */
@FunctionalInterface
public interface LowResolutionRule {
  /**
   * The low resolution.
   *
   * @param search full resolution, and a way to plan coarser ones
   * @return the stage to keep, one that {@link StageSearch#at} gave; or none
   */
  Optional<StagePlan> find(StageSearch search);
}
