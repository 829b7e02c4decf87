package io.github.nnunet4j.plan;

/**
 * Estimates what a sample of a patch costs, in the currency of the {@link MemoryRule}. The
 * reference counts the values of all feature maps ({@code compute_conv_feature_map_size}); see
 * {@link EstimateRules}.
 */
@FunctionalInterface
public interface EstimateRule {
  /**
   * The cost of one sample.
   *
   * @param candidate patch and network
   * @return a positive number, more for a larger patch
   */
  double values(PatchCandidate candidate);
}
