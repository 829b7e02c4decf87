package io.github.nnunet4j.plan;

import io.github.nnunet4j.internal.Checks;

/**
 * What a configuration may cost, in nnU-Net's currency: the values of all feature maps of one
 * sample. A reference network that fills a reference memory at a reference batch size sets the
 * rate. {@link MemoryRules} has those of nnU-Net.
 *
 * @param reference2d feature map values of the two-dimensional reference
 * @param reference3d feature map values of the three-dimensional reference
 * @param referenceGigabytes memory for which the references were measured
 * @param targetGigabytes memory to plan for
 * @param options how strict
 */
public record MemoryRule(
    double reference2d,
    double reference3d,
    double referenceGigabytes,
    double targetGigabytes,
    Options options) {
  /** The batch size that the two-dimensional references stand for. */
  static final int REFERENCE_BATCH_2D = 12;

  /** The batch size that the three-dimensional references stand for. */
  static final int REFERENCE_BATCH_3D = 2;

  /** The smallest batch. */
  static final int SMALLEST_BATCH = 2;

  /**
   * How strict.
   *
   * @param smallestBatchCounts whether a patch need only fit with the smallest batch (the default
   *     planner) or with the reference batch (the residual planners)
   * @param largestPart the largest part of the data set's voxels in one batch, 0 to 1
   */
  public record Options(boolean smallestBatchCounts, double largestPart) {}

  /** Checks the numbers. */
  public MemoryRule {
    Checks.positive(reference2d, "reference2d");
    Checks.positive(reference3d, "reference3d");
    Checks.positive(referenceGigabytes, "referenceGigabytes");
    Checks.positive(targetGigabytes, "targetGigabytes");
  }

  /**
   * The same rule for another memory.
   *
   * @param gigabytes to plan for
   * @return the rule
   */
  public MemoryRule withTarget(double gigabytes) {
    return new MemoryRule(reference2d, reference3d, referenceGigabytes, gigabytes, options);
  }

  double reference(int rank) {
    return (rank == 2 ? reference2d : reference3d) * (targetGigabytes / referenceGigabytes);
  }

  int referenceBatch(int rank) {
    return rank == 2 ? REFERENCE_BATCH_2D : REFERENCE_BATCH_3D;
  }

  boolean isTooLarge(double estimate, int rank) {
    double counted =
        options.smallestBatchCounts() ? estimate / referenceBatch(rank) * SMALLEST_BATCH : estimate;
    return counted > reference(rank);
  }

  /** The batch that fills the memory, but no more than its part of the data set. */
  int batch(double estimate, double patchVoxels, double datasetVoxels, int rank) {
    double fits = Math.rint(reference(rank) / estimate * referenceBatch(rank));
    double covers = Math.rint(datasetVoxels * options.largestPart() / patchVoxels);
    return (int) Math.min(Integer.MAX_VALUE, Math.max(Math.min(fits, covers), SMALLEST_BATCH));
  }
}
