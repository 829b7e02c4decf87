package io.github.nnunet4j.evaluate;

import io.github.nnunet4j.dataset.Region;
import io.github.nnunet4j.internal.Checks;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The counts of one case for each label or region.
 *
 * @param counts in the order in which the structures were asked for
 */
public record Scores(Map<Region, Confusion> counts) {
  /** Copies the map. */
  public Scores {
    counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
  }

  /**
   * The counts of one structure.
   *
   * @param region a label or region that was asked for
   * @return its counts
   */
  public Confusion of(Region region) {
    Confusion found = counts.get(region);
    Checks.argument(found != null, "%s is not among the scores of %s", region, counts.keySet());
    return Objects.requireNonNull(found);
  }

  /**
   * The counts of one label.
   *
   * @param label that was asked for
   * @return its counts
   */
  public Confusion of(int label) {
    return of(Region.label(label));
  }

  /**
   * The mean Dice coefficient of the structures that are in either map, background aside.
   *
   * @return 0 to 1, or NaN if there is none
   */
  public double meanDice() {
    return counts.entrySet().stream()
        .filter(e -> !e.getKey().isBackground())
        .mapToDouble(e -> e.getValue().dice())
        .filter(dice -> !Double.isNaN(dice))
        .average()
        .orElse(Double.NaN);
  }
}
