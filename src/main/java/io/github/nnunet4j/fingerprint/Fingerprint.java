package io.github.nnunet4j.fingerprint;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Spacing;
import java.util.List;

/**
 * What the planner needs to know of a data set (nnU-Net v2 {@code dataset_fingerprint.json}).
 *
 * @param extents voxel counts of each case after the nonzero crop, rank 3
 * @param spacings of each case, rank 3, in the order of the extents
 * @param intensities foreground statistics per channel
 * @param medianRelativeSizeAfterCropping median over the cases of cropped voxels / all voxels, 0..1
 */
public record Fingerprint(
    List<Extent> extents,
    List<Spacing> spacings,
    List<IntensityStatistics> intensities,
    double medianRelativeSizeAfterCropping) {
  /** Copies the lists. */
  public Fingerprint {
    extents = List.copyOf(extents);
    spacings = List.copyOf(spacings);
    intensities = List.copyOf(intensities);
  }
}
