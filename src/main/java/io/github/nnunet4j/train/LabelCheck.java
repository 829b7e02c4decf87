package io.github.nnunet4j.train;

import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.error.StrategyException;
import io.github.nnunet4j.image.LabelMap;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Looks for labels that an augmentation has invented: neither declared nor in the case. */
final class LabelCheck {
  private static final int OUTSIDE = -1;

  private final Set<Integer> declared;

  LabelCheck(Labels labels) {
    declared = new TreeSet<>(labels.all());
    labels.ignore().ifPresent(declared::add);
    declared.add(OUTSIDE);
  }

  /**
   * Compares labels before and after.
   *
   * @param where the augmentation and the place in the training
   * @throws StrategyException if there is a new one
   */
  void require(LabelMap before, LabelMap after, Supplier<String> where) {
    for (int label : after.distinct()) {
      if (!declared.contains(label)
          && Arrays.stream(before.distinct()).noneMatch(known -> known == label)) {
        throw new StrategyException(
            new Problem(
                where.get(),
                "the labels of the case, " + Arrays.toString(before.distinct()),
                "also " + label + " in a sample " + after.grid().extent(),
                "Let the augmentation move labels and take them away, but add none; the last"
                    + " checkpoint is intact."));
      }
    }
  }
}
