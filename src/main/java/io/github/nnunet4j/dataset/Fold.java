package io.github.nnunet4j.dataset;

import io.github.nnunet4j.error.DatasetException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.internal.Checks;
import io.github.nnunet4j.internal.Mt19937;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The fold to train: one of the data set's folds by number, or all cases together.
 *
 * @param number from 0, or empty for all cases
 */
public record Fold(OptionalInt number) {
  /** Checks the number. */
  public Fold {
    number.ifPresent(n -> Checks.notNegative(n, "fold"));
  }

  /**
   * A fold by number.
   *
   * @param number from 0
   * @return the fold
   */
  public static Fold of(int number) {
    return new Fold(OptionalInt.of(number));
  }

  /**
   * All cases train, and the same cases validate.
   *
   * @return the fold that nnU-Net calls "all"
   */
  public static Fold all() {
    return new Fold(OptionalInt.empty());
  }

  /**
   * Reads nnU-Net's word for a fold.
   *
   * @param word a number or "all"
   * @return the fold
   * @throws IllegalArgumentException if it is neither
   */
  public static Fold parse(String word) {
    if (word.equals("all")) {
      return all();
    }
    Checks.argument(word.matches("\\d{1,9}"), "a fold is a number or \"all\", not \"%s\"", word);
    return of(Integer.parseInt(word));
  }

  /**
   * The cases of this fold. A number that the splits do not have gives a random split of 80 to 20
   * percent, drawn as nnU-Net v2 draws it from seed 12345 + number; its training ids are in the
   * order drawn.
   *
   * @param splits of the data set's strategy or {@code splits_final.json}
   * @param ids all case ids, in any order
   * @return training and validation ids
   * @throws DatasetException if the split names unknown cases, has a case on both sides, or has no
   *     case to train
   */
  public Split split(List<Split> splits, Collection<String> ids) {
    List<String> sorted = CaseIds.sorted(ids);
    if (number.isEmpty()) {
      return checked(new Split(sorted, sorted), sorted);
    }
    int fold = number.getAsInt();
    if (fold >= splits.size()) {
      return checked(random(fold, sorted), sorted);
    }
    Split split = checked(splits.get(fold), sorted);
    List<String> both = new ArrayList<>(split.training());
    both.retainAll(new HashSet<>(split.validation()));
    require(
        both.isEmpty(),
        "no case in both training and validation",
        CaseIds.some(both),
        "Give each case to one side; to train on all cases use Fold.all().");
    return split;
  }

  private static Split random(int fold, List<String> sorted) {
    int n = sorted.size();
    int[] drawn = new Mt19937(12345L + fold).chooseDistinct(n, (int) (0.8 * n));
    boolean[] trains = new boolean[n];
    List<String> training = new ArrayList<>();
    for (int i : drawn) {
      trains[i] = true;
      training.add(sorted.get(i));
    }
    return new Split(training, Folds.pick(sorted, trains, false));
  }

  private Split checked(Split split, List<String> sorted) {
    Set<String> known = new HashSet<>(sorted);
    List<String> unknown = new ArrayList<>(split.training());
    unknown.addAll(split.validation());
    unknown.removeIf(known::contains);
    require(
        unknown.isEmpty(),
        "only cases of the data set",
        CaseIds.some(unknown),
        "The splits belong to other cases: delete or correct them.");
    require(
        !split.training().isEmpty(),
        "at least one case to train",
        "none",
        "Give the fold training cases.");
    return split;
  }

  private void require(boolean ok, String expected, String found, String next) {
    if (!ok) {
      throw new DatasetException(new Problem(this.toString(), expected, found, next));
    }
  }

  /**
   * nnU-Net's word for the fold.
   *
   * @return a number or "all", as {@link #parse} reads it
   */
  public String name() {
    return number.isPresent() ? Integer.toString(number.getAsInt()) : "all";
  }

  /**
   * The name of the fold's folder in nnU-Net.
   *
   * @return such as fold_0 or fold_all
   */
  @Override
  public String toString() {
    return "fold_" + name();
  }
}
