package io.github.nnunet4j.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The root of the library's own exceptions; carries one or more problems. */
public class NnUNetException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /**
   * An exception about one problem.
   *
   * @param problem what is wrong
   */
  public NnUNetException(Problem problem) {
    this(List.of(problem), null);
  }

  /**
   * An exception about one problem that another exception revealed.
   *
   * @param problem what is wrong
   * @param cause what revealed it
   */
  public NnUNetException(Problem problem, @Nullable Throwable cause) {
    this(List.of(problem), cause);
  }

  /**
   * An exception about several problems found together.
   *
   * @param problems what is wrong, at least one
   * @param cause what revealed them, or null
   * @throws IllegalArgumentException if there is no problem
   */
  public NnUNetException(List<Problem> problems, @Nullable Throwable cause) {
    super(Problem.message(problems), cause);
    if (problems.isEmpty()) {
      throw new IllegalArgumentException("an exception tells at least one problem");
    }
    this.problems = List.copyOf(problems);
  }

  /**
   * What is wrong.
   *
   * @return the problems, at least one; they do not outlive serialization, the message does
   */
  public List<Problem> problems() {
    return problems == null ? List.of() : problems;
  }

  /**
   * The same problems seen from further out, for an exception that says more about the place.
   *
   * @param place the enclosing place, such as a case id
   * @return all problems; those whose place begins with this place already are left as they are
   */
  public List<Problem> within(String place) {
    return problems().stream().map(p -> isWithin(p.where(), place) ? p : p.within(place)).toList();
  }

  private static boolean isWithin(String where, String place) {
    return where.equals(place) || where.startsWith(place + ":") || where.startsWith(place + ",");
  }
}
