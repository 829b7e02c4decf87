package io.github.nnunet4j.plan;

import io.github.nnunet4j.image.Extent;

/**
 * What is known when a patch is accepted and when its batch size is chosen.
 *
 * @param estimate what one sample costs
 * @param reference what fills the memory that is planned for, with the reference's batch size
 * @param patch voxels per axis
 * @param datasetVoxels voxels of all training cases, on the grid of the configuration
 */
public record MemoryUse(
    double estimate, MemoryRule.Reference reference, Extent patch, double datasetVoxels) {
  /** {@return how many samples fill the memory, not rounded} */
  public double batch() {
    return reference.values() / estimate * reference.batch();
  }

  /**
   * How many samples have a part of the voxels of the data set.
   *
   * @param part 0 to 1, 0.05 in nnU-Net
   * @return a whole number, half to even
   */
  public double covering(double part) {
    return Math.rint(datasetVoxels * part / (double) patch.voxels());
  }
}
