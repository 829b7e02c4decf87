package io.github.nnunet4j.dataset;

import io.github.nnunet4j.error.DatasetException;
import io.github.nnunet4j.error.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * What the numbers of a label map mean: plain classes or overlapping regions, and possibly an
 * ignore label (nnU-Net v2 {@code LabelManager}).
 */
public final class Labels {
  private static final String BACKGROUND = "background";
  private static final String IGNORE = "ignore";

  private final Map<String, List<Integer>> entries;
  private final List<Integer> regionsClassOrder;

  private Labels(Map<String, List<Integer>> entries, List<Integer> regionsClassOrder) {
    this.entries = entries;
    this.regionsClassOrder = regionsClassOrder;
    check();
  }

  /**
   * Plain classes: background 0, then the names in order as 1, 2, ...
   *
   * @param foreground names of the classes
   * @return the labels
   */
  public static Labels of(String... foreground) {
    Map<String, List<Integer>> entries = new LinkedHashMap<>();
    entries.put(BACKGROUND, List.of(0));
    for (int i = 0; i < foreground.length; i++) {
      entries.put(foreground[i], List.of(i + 1));
    }
    return of(entries, List.of());
  }

  /**
   * Labels as {@code dataset.json} has them.
   *
   * @param entries name to label, or to the labels whose union is the region; "background" is 0,
   *     "ignore" is the highest label plus one
   * @param regionsClassOrder for regions, the label each writes into a label map, in writing order;
   *     else empty
   * @return the labels
   * @throws DatasetException if a rule is broken
   */
  public static Labels of(Map<String, List<Integer>> entries, List<Integer> regionsClassOrder) {
    Map<String, List<Integer>> copy = new LinkedHashMap<>();
    entries.forEach((name, values) -> copy.put(name, List.copyOf(values)));
    return new Labels(copy, List.copyOf(regionsClassOrder));
  }

  private void check() {
    require(
        List.of(0).equals(entries.get(BACKGROUND)),
        "\"background\": 0",
        String.valueOf(entries.get(BACKGROUND)),
        "Every nnU-Net data set declares background as 0.");
    entries.forEach(
        (name, values) ->
            require(
                !values.isEmpty(), "a label for \"" + name + "\"", "none", "Give it a number."));
    OptionalInt ignore = ignore();
    int highest = all().stream().mapToInt(Integer::intValue).max().orElse(0);
    if (ignore.isPresent()) {
      require(
          ignore.getAsInt() == highest + 1,
          "\"ignore\": " + (highest + 1),
          String.valueOf(ignore.getAsInt()),
          "The ignore label is the highest label plus one.");
    }
    if (hasRegions()) {
      require(
          regionsClassOrder.size() == regions().size(),
          regions().size() + " entries in regions_class_order",
          regionsClassOrder.toString(),
          "List one label per foreground region, in the order in which they are painted.");
    }
  }

  private static void require(boolean ok, String expected, String found, String next) {
    if (!ok) {
      throw new DatasetException(new Problem("labels", expected, found, next));
    }
  }

  /**
   * Everything declared, in order.
   *
   * @return name to one label, or to the labels of a region
   */
  public Map<String, List<Integer>> entries() {
    return java.util.Collections.unmodifiableMap(entries);
  }

  /**
   * The painting order of regions.
   *
   * @return one label per region; empty for plain classes
   */
  public List<Integer> regionsClassOrder() {
    return regionsClassOrder;
  }

  /**
   * Whether any entry unites several labels.
   *
   * @return true for overlapping regions
   */
  public boolean hasRegions() {
    return entries.values().stream().anyMatch(values -> values.size() > 1);
  }

  /**
   * The ignore label.
   *
   * @return the label whose voxels count nowhere, if declared
   */
  public OptionalInt ignore() {
    List<Integer> value = entries.get(IGNORE);
    return value == null || value.size() != 1 ? OptionalInt.empty() : OptionalInt.of(value.get(0));
  }

  /**
   * All labels without ignore.
   *
   * @return ascending, background included
   */
  public List<Integer> all() {
    TreeSet<Integer> all = new TreeSet<>();
    entries.forEach(
        (name, values) -> {
          if (!name.equals(IGNORE)) {
            all.addAll(values);
          }
        });
    return List.copyOf(all);
  }

  /**
   * All labels above background, without ignore.
   *
   * @return ascending
   */
  public List<Integer> foreground() {
    return all().stream().filter(label -> label != 0).toList();
  }

  /**
   * The foreground regions in declared order, without background and ignore; for plain classes each
   * has one label.
   *
   * @return the labels of each region
   */
  public List<List<Integer>> regions() {
    List<List<Integer>> regions = new ArrayList<>();
    entries.forEach(
        (name, values) -> {
          if (!name.equals(IGNORE) && !values.equals(List.of(0))) {
            regions.add(values);
          }
        });
    return List.copyOf(regions);
  }

  /**
   * The number of network outputs: one per region, or one per label with background.
   *
   * @return at least 1
   */
  public int heads() {
    return hasRegions() ? regions().size() : all().size();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Labels that
        && List.copyOf(entries.entrySet()).equals(List.copyOf(that.entries.entrySet()))
        && regionsClassOrder.equals(that.regionsClassOrder);
  }

  @Override
  public int hashCode() {
    return 31 * entries.hashCode() + regionsClassOrder.hashCode();
  }

  @Override
  public String toString() {
    return entries + (hasRegions() ? ", painted " + regionsClassOrder : "");
  }
}
