package io.github.nnunet4j.infer;

import io.github.nnunet4j.image.Extent;

/** How much each voxel of a tile counts where tiles overlap; a pure function. */
@FunctionalInterface
public interface TileWeight {
  /**
   * The weights of one tile.
   *
   * @param patch rank 2 or 3
   * @return one positive, finite weight per voxel, row-major; only their ratios matter
   */
  float[] of(Extent patch);
}
