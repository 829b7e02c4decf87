package io.github.nnunet4j.dataset;

import io.github.nnunet4j.error.DatasetException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.image.LabelMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the numbers of a label map mean: plain classes or overlapping regions, and possibly an
 * ignore label (nnU-Net v2 {@code LabelManager}).
 */
public final class Labels {
  private static final String BACKGROUND = "background";
  private static final String IGNORE = "ignore";

  private final Map<String, Region> entries;
  private final List<Integer> regionsClassOrder;

  private Labels(Map<String, Region> entries, List<Integer> regionsClassOrder) {
    this.entries = entries;
    this.regionsClassOrder = regionsClassOrder;
    check();
  }

  /**
   * Plain classes: background 0, then the names in order as 1, 2, ...
   *
   * @param foreground names of the classes, without background
   * @return the labels
   * @throws DatasetException if a name stands twice or is "background"
   */
  public static Labels of(String... foreground) {
    Map<String, Region> entries = new LinkedHashMap<>();
    entries.put(BACKGROUND, Region.label(0));
    for (int i = 0; i < foreground.length; i++) {
      require(
          !foreground[i].equals(BACKGROUND),
          "names of the foreground alone",
          "\"" + BACKGROUND + "\" among them",
          "Leave it out: background is 0 without being named.");
      Region previous = entries.put(foreground[i], Region.label(i + 1));
      require(previous == null, "different names", foreground[i] + " twice", "Rename one.");
    }
    return ofRegions(entries, List.of());
  }

  /**
   * Labels as {@code dataset.json} has them, where no list has a single label.
   *
   * @param entries name to label, or to the labels whose union is the region; "background" is 0,
   *     "ignore" is the highest label plus one
   * @param regionsClassOrder for regions, the label each writes into a label map, in writing order;
   *     else empty
   * @return the labels
   * @throws DatasetException if a rule is broken
   */
  public static Labels of(Map<String, List<Integer>> entries, List<Integer> regionsClassOrder) {
    Map<String, Region> regions = new LinkedHashMap<>();
    entries.forEach(
        (name, values) -> {
          require(!values.isEmpty(), "a label for \"" + name + "\"", "none", "Give it a number.");
          regions.put(name, new Region(values, values.size() > 1));
        });
    return ofRegions(regions, regionsClassOrder);
  }

  /**
   * Labels as {@code dataset.json} has them.
   *
   * @param entries name to label or region; "background" is 0, "ignore" is the highest label plus
   *     one
   * @param regionsClassOrder for regions, the label each writes into a label map, in writing order;
   *     else empty
   * @return the labels
   * @throws DatasetException if a rule is broken
   */
  public static Labels ofRegions(Map<String, Region> entries, List<Integer> regionsClassOrder) {
    return new Labels(
        Collections.unmodifiableMap(new LinkedHashMap<>(entries)), List.copyOf(regionsClassOrder));
  }

  private void check() {
    require(
        Region.label(0).equals(entries.get(BACKGROUND)),
        "\"background\": 0",
        String.valueOf(entries.get(BACKGROUND)),
        "Every nnU-Net data set declares background as 0.");
    Region ignore = entries.get(IGNORE);
    int highest = all().get(all().size() - 1);
    if (ignore != null) {
      require(
          Region.label(highest + 1).equals(ignore),
          "\"ignore\": " + (highest + 1),
          ignore.toString(),
          "The ignore label is a single number, the highest label plus one.");
    }
    all()
        .forEach(
            label ->
                require(
                    label >= 0 && label <= Short.MAX_VALUE,
                    "labels of 0 to 32767",
                    label.toString(),
                    "Renumber the labels."));
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
    Map<String, List<Integer>> out = new LinkedHashMap<>();
    entries.forEach((name, region) -> out.put(name, region.labels()));
    return Collections.unmodifiableMap(out);
  }

  /**
   * Everything declared, in order, telling a label from a list of one label.
   *
   * @return name to label or region
   */
  public Map<String, Region> declared() {
    return entries;
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
    return entries.values().stream().anyMatch(region -> region.labels().size() > 1);
  }

  /**
   * The ignore label.
   *
   * @return the label whose voxels count nowhere, if declared
   */
  public OptionalInt ignore() {
    Region region = entries.get(IGNORE);
    return region == null ? OptionalInt.empty() : OptionalInt.of(region.labels().get(0));
  }

  /**
   * All labels without ignore.
   *
   * @return ascending, background included
   */
  public List<Integer> all() {
    TreeSet<Integer> all = new TreeSet<>();
    entries.forEach(
        (name, region) -> {
          if (!name.equals(IGNORE)) {
            all.addAll(region.labels());
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
    return foregroundEntries().stream().map(Region::labels).toList();
  }

  /**
   * What is evaluated, and what nnU-Net keys its summaries by: the foreground labels ascending, or
   * for regions the foreground regions in declared order.
   *
   * @return at least one unless there is background only
   */
  public List<Region> targets() {
    return hasRegions() ? foregroundEntries() : foreground().stream().map(Region::label).toList();
  }

  private List<Region> foregroundEntries() {
    List<Region> regions = new ArrayList<>();
    entries.forEach(
        (name, region) -> {
          if (!name.equals(IGNORE) && !region.isBackground()) {
            regions.add(region);
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

  /**
   * What is wrong with a label map that holds other values than these labels.
   *
   * @param map a reference
   * @return the undeclared values and the place of the first; empty if there are none
   */
  public Optional<Problem> undeclared(LabelMap map) {
    TreeSet<Integer> allowed = new TreeSet<>(all());
    ignore().ifPresent(allowed::add);
    List<Integer> others =
        Arrays.stream(map.distinct()).filter(label -> !allowed.contains(label)).boxed().toList();
    if (others.isEmpty()) {
      return Optional.empty();
    }
    short[] voxels = map.unsafeArray();
    int first = 0;
    while (voxels[first] != others.get(0)) {
      first++;
    }
    return Optional.of(
        new Problem(
            "labels",
            "only " + allowed,
            "also "
                + others.stream().limit(10).map(String::valueOf).collect(Collectors.joining(", "))
                + ", the first at "
                + map.grid().extent().place(first),
            "Correct the label file or declare the labels in dataset.json."));
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
