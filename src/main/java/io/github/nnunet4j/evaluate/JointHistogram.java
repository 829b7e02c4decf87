package io.github.nnunet4j.evaluate;

import io.github.nnunet4j.dataset.Region;
import io.github.nnunet4j.image.LabelMap;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * How many voxels have each pair of reference and predicted label, from one pass over both maps.
 * Labels that nobody asks for share one row and column.
 */
final class JointHistogram {
  private final short[] slots = new short[1 << 16];
  private final int size;
  private final long[] counts;
  private final int ignored;

  /**
   * Counts.
   *
   * @param prediction of the reference's extent
   */
  JointHistogram(
      LabelMap prediction, LabelMap reference, List<Region> targets, OptionalInt ignore) {
    TreeSet<Integer> labels = new TreeSet<>();
    targets.forEach(region -> labels.addAll(region.labels()));
    ignore.ifPresent(labels::add);
    int next = 1;
    for (int label : labels) {
      slots[label & 0xffff] = (short) next++;
    }
    size = next;
    counts = new long[Math.multiplyExact(size, size)];
    ignored = ignore.isPresent() ? slot(ignore.getAsInt()) : -1;
    count(prediction.unsafeArray(), reference.unsafeArray());
  }

  /** Neighbours along a row mostly repeat, so runs are counted, not voxels. */
  private void count(short[] predicted, short[] expected) {
    int n = expected.length;
    int i = 0;
    while (i < n) {
      short p = predicted[i];
      short e = expected[i];
      int start = i++;
      while (i < n && predicted[i] == p && expected[i] == e) {
        i++;
      }
      counts[slot(e) * size + slot(p)] += i - start;
    }
  }

  private int slot(int label) {
    return slots[label & 0xffff];
  }

  Scores scores(List<Region> targets) {
    Map<Region, Confusion> out = new LinkedHashMap<>();
    for (Region region : targets) {
      boolean[] inside = new boolean[size];
      region.labels().forEach(label -> inside[slot(label)] = true);
      out.put(region, confusion(inside));
    }
    return new Scores(out);
  }

  private Confusion confusion(boolean[] inside) {
    long[] cells = new long[4];
    for (int e = 0; e < size; e++) {
      if (e == ignored) {
        continue;
      }
      for (int p = 0; p < size; p++) {
        cells[(inside[e] ? 2 : 0) + (inside[p] ? 1 : 0)] += counts[e * size + p];
      }
    }
    return new Confusion(cells[3], cells[1], cells[2], cells[0]);
  }

  @Override
  public String toString() {
    return Arrays.toString(counts);
  }
}
