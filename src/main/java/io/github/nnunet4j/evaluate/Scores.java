package io.github.nnunet4j.evaluate;

import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.dataset.Region;
import io.github.nnunet4j.internal.Checks;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

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
    return mean(Confusion::dice);
  }

  private double mean(ToDoubleFunction<Confusion> score) {
    return counts.entrySet().stream()
        .filter(e -> !e.getKey().isBackground())
        .mapToDouble(e -> score.applyAsDouble(e.getValue()))
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(Double.NaN);
  }

  /**
   * A table for people: Dice and intersection over union of each structure by its name, and the
   * means of {@link #meanDice}.
   *
   * @param labels that were compared; structures that they do not declare have their numbers
   * @return one line per structure; NaN where it is in neither map
   */
  public String table(Labels labels) {
    ScoreTable table = ScoreTable.of(counts.keySet(), labels);
    counts.forEach((region, confusion) -> table.add(region, confusion.dice(), confusion.iou()));
    table.addForeground(meanDice(), mean(Confusion::iou));
    return table.toString();
  }
}
