package io.github.nnunet4j.plan;

import io.github.nnunet4j.fingerprint.Fingerprint;
import io.github.nnunet4j.image.Spacing;

/** Chooses the spacing of the full resolution configurations. */
@FunctionalInterface
public interface SpacingRule {
  /**
   * The target spacing.
   *
   * @param fingerprint of the data set, at least one case
   * @return rank 3, in the axis order of the images, millimetres
   */
  Spacing target(Fingerprint fingerprint);
}
