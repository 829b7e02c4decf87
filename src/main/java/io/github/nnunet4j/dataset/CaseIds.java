package io.github.nnunet4j.dataset;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Order and listing of case ids. */
final class CaseIds {
  /** By code point, as Python sorts texts; Java's own order differs beyond the basic plane. */
  static final Comparator<String> ORDER =
      (a, b) -> Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());

  private CaseIds() {}

  static List<String> sorted(Collection<String> ids) {
    return ids.stream().sorted(ORDER).toList();
  }

  /** At most ten of them, for a message. */
  static String some(Collection<String> ids) {
    return ids.stream().limit(10).collect(Collectors.joining(", "))
        + (ids.size() > 10 ? " and " + (ids.size() - 10) + " more" : "");
  }
}
