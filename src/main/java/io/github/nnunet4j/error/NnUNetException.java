package io.github.nnunet4j.error;

import java.util.List;
import java.util.stream.Collectors;
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
   */
  public NnUNetException(List<Problem> problems, @Nullable Throwable cause) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")), cause);
    this.problems = List.copyOf(problems);
  }

  /**
   * What is wrong.
   *
   * @return the problems, at least one
   */
  public List<Problem> problems() {
    return problems == null ? List.of() : problems;
  }
}
