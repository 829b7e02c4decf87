package io.github.nnunet4j.infer;

import java.util.Optional;

/**
 * What ties the prediction of many cases to the stages before and behind in a cascade.
 *
 * @param previous where the labels of the previous stage come from; empty where the predictor runs
 *     that stage itself or has none
 * @param logits hears what the networks say of each case, to make the next stage's input of it; not
 *     of cases that are skipped
 */
public record StageLinks(Optional<PreviousLabels> previous, Optional<LogitsListener> logits) {
  /**
   * No ties.
   *
   * @return neither
   */
  public static StageLinks none() {
    return new StageLinks(Optional.empty(), Optional.empty());
  }

  /**
   * With given labels of the previous stage.
   *
   * @param value where they come from
   * @return a changed copy
   */
  public StageLinks withPrevious(PreviousLabels value) {
    return new StageLinks(Optional.of(value), logits);
  }

  /**
   * With a listener for logits.
   *
   * @param value hears of each case
   * @return a changed copy
   */
  public StageLinks withLogits(LogitsListener value) {
    return new StageLinks(previous, Optional.of(value));
  }
}
