package io.github.nnunet4j.dataset;

import java.util.List;

/**
 * Which cases train and which validate.
 *
 * @param training case ids
 * @param validation case ids
 */
public record Split(List<String> training, List<String> validation) {
  /** Copies the lists. */
  public Split {
    training = List.copyOf(training);
    validation = List.copyOf(validation);
  }
}
