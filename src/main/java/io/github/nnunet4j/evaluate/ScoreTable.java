package io.github.nnunet4j.evaluate;

import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.dataset.Region;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Lines of names, Dice and IoU, as wide as the longest name. */
final class ScoreTable {
  private static final String FOREGROUND = "foreground";

  private final Function<Region, String> names;
  private final int width;
  private final StringBuilder text = new StringBuilder();

  private ScoreTable(Iterable<Region> regions, Function<Region, String> names) {
    this.names = names;
    int longest = FOREGROUND.length();
    for (Region region : regions) {
      longest = Math.max(longest, names.apply(region).length());
    }
    width = longest + 2;
    text.append(String.format(Locale.ROOT, "%-" + width + "s %8s %8s%n", "", "Dice", "IoU"));
  }

  /** A table of structures that have their labels as names. */
  static ScoreTable of(Iterable<Region> regions) {
    return new ScoreTable(regions, Region::key);
  }

  /** A table of structures with the names of a data set. */
  static ScoreTable of(Iterable<Region> regions, Labels labels) {
    Map<Region, String> names = new HashMap<>();
    labels.declared().forEach((name, region) -> names.put(region, name));
    return new ScoreTable(regions, region -> names.getOrDefault(region, region.key()));
  }

  void add(Region region, double dice, double iou) {
    row(names.apply(region), dice, iou);
  }

  void addForeground(double dice, double iou) {
    row(FOREGROUND, dice, iou);
  }

  private void row(String name, double dice, double iou) {
    text.append(String.format(Locale.ROOT, "%-" + width + "s %8.4f %8.4f%n", name, dice, iou));
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
