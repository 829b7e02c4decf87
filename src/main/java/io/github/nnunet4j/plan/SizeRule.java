package io.github.nnunet4j.plan;

import io.github.nnunet4j.fingerprint.Fingerprint;
import io.github.nnunet4j.image.Spacing;

/**
 * Measures the median case on the grid of the target spacing. The reference takes the median over
 * the cases of {@code spacing / target * extent}, axis by axis; v2 rounds each case, v1 the median.
 */
@FunctionalInterface
public interface SizeRule {
  /**
   * The size of the median case.
   *
   * @param fingerprint of the data set, at least one case
   * @param target spacing, rank 3, in the axis order of the images
   * @return the size in the same order
   */
  MedianSize median(Fingerprint fingerprint, Spacing target);
}
