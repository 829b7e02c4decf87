package io.github.nnunet4j.train;

import io.github.nnunet4j.internal.Checks;
import java.util.List;

/**
 * How far a training is.
 *
 * @param epoch the current epoch, from 0
 * @param epochs the planned number of epochs
 * @param history what the finished epochs came to, in order; empty if nobody knows, as for a plot
 */
public record Progress(int epoch, int epochs, List<EpochResult> history) {
  /** Copies the list. */
  public Progress {
    history = List.copyOf(history);
  }

  /**
   * A progress without history.
   *
   * @param epoch the current epoch, from 0
   * @param epochs the planned number of epochs
   */
  public Progress(int epoch, int epochs) {
    this(epoch, epochs, List.of());
  }

  /**
   * The finished part.
   *
   * @return epoch / epochs, 0 to 1
   */
  public double fraction() {
    return (double) epoch / epochs;
  }

  /**
   * The same moment seen from a part of the training.
   *
   * @param first epoch of the part, not after the present one
   * @param length epochs of the part, at least 1
   * @return counts epochs and history from the part's first epoch
   */
  public Progress within(int first, int length) {
    Checks.argument(
        first >= 0 && first <= epoch, "a part that is under way begins at 0 to %d", epoch);
    Checks.positive(length, "length");
    int known = history.size();
    return new Progress(epoch - first, length, history.subList(Math.min(first, known), known));
  }

  @Override
  public String toString() {
    return "epoch " + epoch + " of " + epochs;
  }
}
