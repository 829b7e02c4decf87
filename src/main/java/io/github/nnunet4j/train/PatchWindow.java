package io.github.nnunet4j.train;

import io.github.nnunet4j.image.Extent;
import java.util.Objects;

/**
 * What a {@link PatchSampler} of a training cuts.
 *
 * @param cut extent of the patches to cut (z, y, x): {@code augmentation.inputExtent(patch)}
 * @param patch what the network gets (z, y, x); one slice for a two-dimensional patch
 * @param ignoreLabel true if the data set has an ignore label: then every patch is centred on an
 *     annotated voxel
 */
public record PatchWindow(Extent cut, Extent patch, boolean ignoreLabel) {
  /** Checks that both extents are there. */
  public PatchWindow {
    Objects.requireNonNull(cut, "cut");
    Objects.requireNonNull(patch, "patch");
  }

  PatchPlacement in(TrainingCase source) {
    return PatchPlacement.of(source.extent(), cut, patch);
  }
}
