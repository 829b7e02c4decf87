package io.github.nnunet4j.error;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One thing that is wrong with what the caller gave, said completely. A lambda in it is called by
 * the class that it is written in, as {@link #nameOf} does it.
 *
 * @param where the place: case id, file, JSON path, axis, strategy, step
 * @param expected what would have been right
 * @param found what was there instead
 * @param next what the reader of the message can do about it
 */
public record Problem(String where, String expected, String found, String next) {
  private static final Pattern LAMBDA =
      Pattern.compile("([\\w.$]+?)\\$\\$Lambda[\\w$/]*(\\.0x[0-9a-f]+)?(@[0-9a-f]+)?");

  /** Checks that every part is said. */
  public Problem {
    where = nameOf(Objects.requireNonNull(where, "where"));
    expected = nameOf(Objects.requireNonNull(expected, "expected"));
    found = nameOf(Objects.requireNonNull(found, "found"));
    Objects.requireNonNull(next, "next");
  }

  /**
   * What a message calls a strategy: what it prints, or for a lambda the class that it is written
   * in, since a lambda prints a number that is another one in every run.
   *
   * @param strategy a strategy, or a text with strategies in it
   * @return one text for the same strategy, in every run
   */
  public static String nameOf(Object strategy) {
    String text = String.valueOf(strategy);
    return text.contains("$$Lambda")
        ? LAMBDA.matcher(text).replaceAll("a lambda of class $1")
        : text;
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

  private String fact() {
    return where + ": expected " + expected + ", found " + found + ".";
  }

  /** All of them, one a line; advice that is common to those that follow each other comes once. */
  static String message(List<Problem> problems) {
    StringBuilder message = new StringBuilder();
    for (int i = 0; i < problems.size(); i++) {
      Problem one = problems.get(i);
      boolean last = i == problems.size() - 1;
      message.append(
          last || !problems.get(i + 1).next.equals(one.next) ? one.toString() : one.fact());
      message.append(last ? "" : "\n");
    }
    return message.toString();
  }

  @Override
  public String toString() {
    return fact() + " " + next;
  }
}
