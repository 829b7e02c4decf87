package io.github.nnunet4j.augment;

import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.Checks;

/**
 * A training sample: image channels and labels of one patch. A two-dimensional sample has one
 * slice.
 *
 * @param image channels (z, y, x)
 * @param labels of the same extent; -1 outside of the nonzero region
 */
public record Sample(Volume image, LabelMap labels) {
  /** Checks that both have one extent. */
  public Sample {
    Checks.argument(
        image.grid().extent().equals(labels.grid().extent()),
        "image %s and labels %s differ in extent",
        image.grid().extent(),
        labels.grid().extent());
  }
}
