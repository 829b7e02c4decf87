package io.github.nnunet4j.loss;

import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.error.DatasetException;
import io.github.nnunet4j.error.Problem;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What to write for each label, by tables whose entry 0 stands for label -1 (outside, taken as
 * background), entry 1 for label 0 and so on.
 */
final class LabelTable {
  private static final int NONE = -1;

  private final Labels labels;
  private final boolean[] known;
  private final int ignore;

  LabelTable(Labels labels) {
    this.labels = labels;
    List<Integer> all = labels.all();
    int highest = all.get(all.size() - 1);
    ignore = labels.ignore().orElse(NONE);
    known = new boolean[Math.max(highest, ignore) + 2];
    for (int entry = 0; entry < known.length; entry++) {
      int label = entry - 1;
      known[entry] = label == NONE || label == ignore || all.contains(label);
    }
  }

  /** Fails unless every voxel has a declared label, the ignore label or -1. */
  void check(short[] voxels, int sample) {
    for (short label : voxels) {
      if (label < NONE || label + 1 >= known.length || !known[label + 1]) {
        throw new DatasetException(
            new Problem(
                "labels of sample " + sample + " of a batch",
                "-1 or a declared label of " + labels,
                String.valueOf(label),
                "Correct the label map, or declare the label."));
      }
    }
  }

  /** The number of regions. */
  int regions() {
    return labels.regions().size();
  }

  /** Class numbers, the place of a label among all labels; ignored and outside are 0. */
  long[] classes() {
    long[] table = new long[known.length];
    for (int place = 0; place < labels.all().size(); place++) {
      table[labels.all().get(place) + 1] = place;
    }
    return table;
  }

  /** 1 for the labels of a region. */
  float[] region(int region) {
    List<Integer> members = labels.regions().get(region);
    return ones(label -> label != ignore && members.contains(label));
  }

  /** 1 for the labels of each class or each region. */
  List<float[]> members(boolean regions) {
    return regions
        ? IntStream.range(0, regions()).mapToObj(this::region).toList()
        : labels.all().stream().map(this::member).toList();
  }

  private float[] member(int wanted) {
    return ones(label -> label == wanted && label != ignore);
  }

  /** 0 for the ignore label, else 1. */
  float[] counted() {
    return ones(label -> label != ignore);
  }

  private float[] ones(IntPredicate wanted) {
    float[] table = new float[known.length];
    for (int entry = 0; entry < table.length; entry++) {
      table[entry] = wanted.test(Math.max(0, entry - 1)) ? 1 : 0;
    }
    return table;
  }
}
