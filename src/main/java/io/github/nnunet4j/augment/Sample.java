package io.github.nnunet4j.augment;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.Checks;
import java.util.Optional;

/**
 * A training sample: image channels and labels of one patch. A two-dimensional sample has one
 * slice.
 *
 * @param image channels (z, y, x)
 * @param labels of the same extent; -1 outside of the nonzero region
 * @param previous in a cascade, the labels that the stage before has given, of the same extent; it
 *     is turned, mirrored and cut together with the labels
 */
public record Sample(Volume image, LabelMap labels, Optional<LabelMap> previous) {
  /** Checks that all have one extent. */
  public Sample {
    requireEqual(image, labels, "labels");
    previous.ifPresent(map -> requireEqual(image, map, "labels of the previous stage"));
  }

  /**
   * A sample without a previous stage.
   *
   * @param image channels (z, y, x)
   * @param labels of the same extent; -1 outside of the nonzero region
   */
  public Sample(Volume image, LabelMap labels) {
    this(image, labels, Optional.empty());
  }

  private static void requireEqual(Volume image, LabelMap map, String name) {
    Extent extent = image.grid().extent();
    Checks.argument(
        extent.equals(map.grid().extent()),
        "image %s and %s %s differ in extent",
        extent,
        name,
        map.grid().extent());
  }
}
