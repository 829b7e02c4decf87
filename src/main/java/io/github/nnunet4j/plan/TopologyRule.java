package io.github.nnunet4j.plan;

import io.github.nnunet4j.network.NetworkTopology;

/** Builds the network for a pooling; see {@link TopologyRules}. */
@FunctionalInterface
public interface TopologyRule {
  /**
   * The network.
   *
   * @param pooling strides and kernels that fit the patch; its rank is that of the network
   * @return a topology whose divisor divides the patch
   */
  NetworkTopology fit(Pooling pooling);
}
