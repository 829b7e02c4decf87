package io.github.nnunet4j.error;

import java.util.Objects;

/**
 * One thing that is wrong with what the caller gave, said completely.
 *
 * @param where the place: case id, file, JSON path, axis, strategy, step
 * @param expected what would have been right
 * @param found what was there instead
 * @param next what the reader of the message can do about it
 */
public record Problem(String where, String expected, String found, String next) {
  /** Checks that every part is said. */
  public Problem {
    Objects.requireNonNull(where, "where");
    Objects.requireNonNull(expected, "expected");
    Objects.requireNonNull(found, "found");
    Objects.requireNonNull(next, "next");
  }

  /**
   * The same problem seen from further out.
   *
   * @param outer the enclosing place, such as a case id
   * @return a problem whose place is {@code outer: where}
   */
  public Problem within(String outer) {
    return new Problem(outer + ": " + where, expected, found, next);
  }

  @Override
  public String toString() {
    return where + ": expected " + expected + ", found " + found + ". " + next;
  }
}
