package io.github.nnunet4j.train;

import io.github.nnunet4j.internal.Checks;
import java.util.List;
import java.util.function.IntBinaryOperator;

/**
 * A sample of the voxels of one class of a case, around which patches are placed.
 *
 * @param labels the label, or the labels of the region; -1 and then all labels for the voxels that
 *     are annotated at all, which data sets with an ignore label have
 * @param count number of voxels, zero or more
 * @param coordinate gives for voxel number (0 to count - 1) and axis (0 = z, 1 = y, 2 = x) the
 *     coordinate
 */
public record ClassVoxels(List<Integer> labels, int count, IntBinaryOperator coordinate) {
  /** Checks the count. */
  public ClassVoxels {
    labels = List.copyOf(labels);
    Checks.argument(!labels.isEmpty(), "a class has at least one label");
    Checks.notNegative(count, "number of voxels");
  }

  /**
   * Whether these are the annotated voxels of any label.
   *
   * @return true if the first label is -1
   */
  public boolean annotated() {
    return labels.get(0) == -1;
  }
}
