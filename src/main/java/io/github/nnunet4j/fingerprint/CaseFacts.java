package io.github.nnunet4j.fingerprint;

import io.github.nnunet4j.dataset.LoadedCase;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.NonzeroCrop;
import io.github.nnunet4j.image.Spacing;

/** What is kept of one case. */
record CaseFacts(Extent extent, Spacing spacing, double relativeSize, ForegroundPool pool) {
  /**
   * Looks at a case.
   *
   * @param samples how many intensities will be drawn from it per channel
   */
  static CaseFacts of(LoadedCase loaded, int samples) {
    NonzeroCrop crop = NonzeroCrop.of(loaded.image());
    return new CaseFacts(
        crop.box().size(),
        loaded.image().grid().spacing(),
        crop.relativeSize(),
        ForegroundPool.of(loaded, crop.box(), samples));
  }

  /** Image, labels and the mask of the crop: what a case takes while it is looked at. */
  static long bytes(LoadedCase loaded) {
    int perVoxel = Float.BYTES * loaded.image().channels() + Short.BYTES + 1;
    return Math.multiplyExact(perVoxel, loaded.image().grid().voxels());
  }
}
