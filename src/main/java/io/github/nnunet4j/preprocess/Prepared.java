package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.Checks;
import java.util.Optional;

/**
 * A case on the network grid.
 *
 * @param image normalized channels
 * @param labels of the same extent, -1 outside of the nonzero region; empty for a case to predict
 * @param classLocations where the classes are; empty without labels
 * @param restoration how a prediction comes back to the image's own grid
 */
public record Prepared(
    Volume image,
    Optional<LabelMap> labels,
    ClassLocations classLocations,
    Restoration restoration) {
  /** Checks that image and labels have one extent. */
  public Prepared {
    labels.ifPresent(
        map ->
            Checks.argument(
                map.grid().extent().equals(image.grid().extent()),
                "image %s and labels %s differ in extent",
                image.grid().extent(),
                map.grid().extent()));
  }
}
