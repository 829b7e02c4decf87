package io.github.nnunet4j.augment;

import io.github.nnunet4j.image.Extent;
import java.util.random.RandomGenerator;

/** A random change of the voxels of one image channel, in place. */
@FunctionalInterface
public interface ChannelChange {
  /**
   * Changes the voxels.
   *
   * @param voxels (z, y, x), row-major, to be overwritten
   * @param extent voxels along (z, y, x)
   * @param random the only source of randomness
   */
  void change(float[] voxels, Extent extent, RandomGenerator random);
}
