package io.github.nnunet4j.dataset;

import java.util.List;

/**
 * Cuts a data set into folds. Any lambda will do, such as one that keeps the images of a patient
 * together.
 */
@FunctionalInterface
public interface FoldStrategy {
  /**
   * Chooses training and validation cases for each fold.
   *
   * @param ids all case ids, different, ascending by code point
   * @return one split per fold; each of known ids, training and validation disjoint
   */
  List<Split> split(List<String> ids);
}
