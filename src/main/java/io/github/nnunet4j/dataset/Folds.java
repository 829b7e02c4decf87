package io.github.nnunet4j.dataset;

import io.github.nnunet4j.error.DatasetException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.internal.Checks;
import io.github.nnunet4j.internal.Mt19937;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The fold strategies that come with the library. */
public final class Folds {
  private Folds() {}

  /**
   * What nnU-Net does: five folds, seed 12345.
   *
   * @return cross-validation
   */
  public static FoldStrategy crossValidation() {
    return crossValidation(5, 12345);
  }

  /**
   * Shuffled k-fold cross-validation with the same cases in the same folds as scikit-learn's {@code
   * KFold(folds, shuffle=True, random_state=seed)}: the shuffled ids are cut into runs, the first
   * of which are one longer if the number of cases is no multiple; both lists of a split ascend.
   *
   * @param folds how many, at least 2
   * @param seed 0 to 4294967295
   * @return cross-validation; its {@code split} throws {@link DatasetException} for fewer cases
   *     than folds
   */
  public static FoldStrategy crossValidation(int folds, long seed) {
    return new CrossValidation(folds, seed);
  }

  /**
   * Always the same splits, whatever the cases.
   *
   * @param splits one per fold
   * @return the strategy
   */
  public static FoldStrategy fixed(List<Split> splits) {
    return new Fixed(splits);
  }

  private record CrossValidation(int folds, long seed) implements FoldStrategy {
    private CrossValidation {
      Checks.argument(folds >= 2, "cross-validation needs 2 folds or more, not %d", folds);
      Checks.argument(seed >>> 32 == 0, "a seed lies within 0 and 4294967295, was %d", seed);
    }

    @Override
    public List<Split> split(List<String> ids) {
      int n = ids.size();
      if (n < folds) {
        throw new DatasetException(
            new Problem(
                "folds",
                "at least " + folds + " cases for " + folds + " folds",
                n + " cases",
                "Use fewer folds, or train on all cases (Fold.all())."));
      }
      int[] shuffled = new Mt19937(seed).permutation(n);
      List<Split> splits = new ArrayList<>();
      int from = 0;
      for (int fold = 0; fold < folds; fold++) {
        int to = from + n / folds + (fold < n % folds ? 1 : 0);
        boolean[] validates = new boolean[n];
        Arrays.stream(shuffled, from, to).forEach(i -> validates[i] = true);
        splits.add(new Split(pick(ids, validates, false), pick(ids, validates, true)));
        from = to;
      }
      return splits;
    }
  }

  static List<String> pick(List<String> ids, boolean[] marks, boolean wanted) {
    return IntStream.range(0, marks.length)
        .filter(i -> marks[i] == wanted)
        .mapToObj(ids::get)
        .toList();
  }

  private record Fixed(List<Split> splits) implements FoldStrategy {
    private Fixed {
      splits = List.copyOf(splits);
    }

    @Override
    public List<Split> split(List<String> ids) {
      return splits;
    }
  }
}
