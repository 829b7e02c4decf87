package io.github.nnunet4j.plan;

import io.github.nnunet4j.image.Spacing;
import java.util.List;

/**
 * Decides how often and along which axes a network pools, and its kernels, from spacing and patch;
 * see {@link PoolingRules} for those of nnU-Net.
 */
@FunctionalInterface
public interface PoolingRule {
  /**
   * The pooling for a patch.
   *
   * @param spacing of the network grid, rank 2 or 3
   * @param patch wanted voxels per axis, need not be whole (medians end in .5)
   * @return the pooling, its patch padded to what it pools
   */
  Pooling fit(Spacing spacing, List<Double> patch);

  /**
   * The same pooling with kernels that are alike on every axis and stage.
   *
   * @param size odd, such as 3 ({@code ExperimentPlannerAllConv3x3})
   * @return a rule that asks this one
   */
  default PoolingRule withKernels(int size) {
    return new PoolingRules.Alike(this, size);
  }
}
