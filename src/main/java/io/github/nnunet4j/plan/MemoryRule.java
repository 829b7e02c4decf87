package io.github.nnunet4j.plan;

import io.github.nnunet4j.internal.Checks;

/**
 * What a configuration may cost, in the currency of the {@link EstimateRule}: for nnU-Net the
 * values of all feature maps of one sample. A reference network that fills a reference memory at a
 * reference batch size sets the rate; another memory scales it by {@code target / reference}.
 * {@link MemoryRules} has those of nnU-Net.
 *
 * @param flat the two-dimensional reference
 * @param volume the three-dimensional reference
 * @param referenceGigabytes memory for which the references were measured
 * @param targetGigabytes memory to plan for
 */
public record MemoryRule(
    Reference flat, Reference volume, double referenceGigabytes, double targetGigabytes) {

  /**
   * A network that fills the memory.
   *
   * @param values its estimate
   * @param batch the batch size with which it does
   */
  public record Reference(double values, int batch) {
    /** Checks the numbers. */
    public Reference {
      Checks.positive(values, "values");
      Checks.positive(batch, "batch");
    }
  }

  /** Checks the numbers. */
  public MemoryRule {
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
    return new MemoryRule(flat, volume, referenceGigabytes, gigabytes);
  }

  /**
   * The reference, scaled to the target.
   *
   * @param rank number of axes, 2 or 3
   * @return the reference for it
   */
  public Reference reference(int rank) {
    Reference reference = rank == 2 ? flat : volume;
    return new Reference(
        reference.values() * (targetGigabytes / referenceGigabytes), reference.batch());
  }
}
