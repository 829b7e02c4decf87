package io.github.nnunet4j.dataset;

import io.github.nnunet4j.internal.Checks;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A label, or several labels that count as one structure.
 *
 * @param labels the labels that belong to it, at least one
 * @param list whether {@code dataset.json} writes it as a list, as nnU-Net tells {@code 2} from
 *     {@code [2]} in the keys of its summaries
 */
public record Region(List<Integer> labels, boolean list) {
  /** Copies and checks the labels. */
  public Region {
    labels = List.copyOf(labels);
    Checks.argument(!labels.isEmpty(), "a region has at least one label");
    Checks.argument(list || labels.size() == 1, "%s is a list", labels);
  }

  /**
   * A single label.
   *
   * @param label the label
   * @return the region of that label
   */
  public static Region label(int label) {
    return new Region(List.of(label), false);
  }

  /**
   * A list of labels.
   *
   * @param labels at least one
   * @return their union
   */
  public static Region of(int... labels) {
    return new Region(Arrays.stream(labels).boxed().toList(), true);
  }

  /**
   * Reads nnU-Net's key.
   *
   * @param key such as {@code 3}, {@code (1, 2)} or {@code (2,)}
   * @return the region
   * @throws IllegalArgumentException if it is neither
   */
  public static Region parse(String key) {
    if (key.matches("-?\\d{1,9}")) {
      return label(Integer.parseInt(key));
    }
    Checks.argument(
        key.matches("\\( *-?\\d{1,9} *(, *-?\\d{1,9} *)*,? *\\)"),
        "a region is written as 3, (1, 2) or (2,), not \"%s\"",
        key);
    return of(
        Arrays.stream(key.substring(1, key.length() - 1).split(",", 0))
            .map(String::trim)
            .filter(part -> !part.isEmpty())
            .mapToInt(Integer::parseInt)
            .toArray());
  }

  /**
   * Whether a label belongs to it.
   *
   * @param label any
   * @return true if listed
   */
  public boolean contains(int label) {
    return labels.contains(label);
  }

  /**
   * Whether it is the background alone.
   *
   * @return true for 0
   */
  public boolean isBackground() {
    return labels.stream().allMatch(label -> label == 0);
  }

  /**
   * nnU-Net's key.
   *
   * @return such as {@code 3}, {@code (1, 2)} or {@code (2,)}
   */
  public String key() {
    if (!list) {
      return labels.get(0).toString();
    }
    return labels.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ""))
        + (labels.size() == 1 ? ",)" : ")");
  }

  @Override
  public String toString() {
    return key();
  }
}
