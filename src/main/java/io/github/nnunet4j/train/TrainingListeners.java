package io.github.nnunet4j.train;

import java.io.PrintStream;
import java.util.Objects;

/** Listeners that the library brings. */
public final class TrainingListeners {
  private TrainingListeners() {}

  /**
   * Prints a line per epoch: losses, Dice, seconds and the share of them spent waiting for data.
   *
   * @param out such as {@code System.out}
   * @return the listener
   */
  public static TrainingListener printing(PrintStream out) {
    return new PrintedEpochs(Objects.requireNonNull(out, "out"), false);
  }

  /**
   * As {@link #printing}, and within an epoch a line of iteration and loss that rewrites itself;
   * for people who look at a terminal.
   *
   * @param out such as {@code System.out}
   * @return the listener
   */
  public static TrainingListener live(PrintStream out) {
    return new PrintedEpochs(Objects.requireNonNull(out, "out"), true);
  }
}
