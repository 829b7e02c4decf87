package io.github.nnunet4j.plan;

/**
 * Chooses the batch size for an accepted patch. nnU-Net v2 fills the memory, {@code round(reference
 * / estimate * reference batch)}, but takes no more than 5 % of the voxels of the data set, {@code
 * round(voxels * 0.05 / patch voxels)}, and at least 2; see {@link BatchRules}.
 */
@FunctionalInterface
public interface BatchRule {
  /**
   * The batch size.
   *
   * @param use patch, memory and data set
   * @return at least 1
   */
  int batch(MemoryUse use);
}
