package io.github.nnunet4j.fingerprint;

import io.github.nnunet4j.internal.PairwiseSum;
import java.util.Arrays;

/**
 * The tree by which NumPy adds up n values: which runs of values are added up directly (leaves),
 * and how their sums are added. Leaves may be computed in any order, by any thread, and the sum
 * still has NumPy's rounding.
 */
final class SumTree {
  private final int length;
  private final boolean single;
  private int[] starts = new int[64];
  private int leaves;

  /**
   * A tree.
   *
   * @param single whether sums are rounded to float32
   */
  SumTree(int length, boolean single) {
    this.length = length;
    this.single = single;
    split(0, length);
    starts = Arrays.copyOf(starts, leaves + 1);
    starts[leaves] = length;
  }

  private void split(int from, int n) {
    if (n > PairwiseSum.BLOCK) {
      int left = PairwiseSum.left(n);
      split(from, left);
      split(from + left, n - left);
      return;
    }
    if (leaves == starts.length) {
      starts = Arrays.copyOf(starts, 2 * leaves);
    }
    starts[leaves++] = from;
  }

  int leaves() {
    return leaves;
  }

  /** The first value of a leaf; of the leaf after the last, the number of values. */
  int start(int leaf) {
    return starts[leaf];
  }

  /** The leaf that holds a value. */
  int leafAt(int index) {
    int found = Arrays.binarySearch(starts, 0, leaves, index);
    return found >= 0 ? found : -found - 2;
  }

  double leafSum(double[] values, int count) {
    return single ? PairwiseSum.blockSingle(values, 0, count) : PairwiseSum.block(values, 0, count);
  }

  /** Replaces values by the squares of their distances from the mean. */
  void squareDeviations(double[] values, int count, double mean) {
    if (single) {
      float from = (float) mean;
      for (int i = 0; i < count; i++) {
        float deviation = (float) values[i] - from;
        values[i] = deviation * deviation;
      }
      return;
    }
    for (int i = 0; i < count; i++) {
      double deviation = values[i] - mean;
      values[i] = deviation * deviation;
    }
  }

  double total(double[] leafSums) {
    return 0 + total(leafSums, 0, length, new int[1]);
  }

  private double total(double[] leafSums, int from, int n, int[] next) {
    if (n <= PairwiseSum.BLOCK) {
      return leafSums[next[0]++];
    }
    int left = PairwiseSum.left(n);
    double first = total(leafSums, from, left, next);
    return rounded(first + total(leafSums, from + left, n - left, next));
  }

  /** A double that NumPy would hold in the tree's precision. */
  double rounded(double value) {
    return single ? (float) value : value;
  }
}
