package io.github.nnunet4j.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A strategy handed in by the user that threw or broke its contract. */
public class StrategyException extends NnUNetException {
  private static final long serialVersionUID = 1L;

  /**
   * An exception about one problem.
   *
   * @param problem what is wrong
   */
  public StrategyException(Problem problem) {
    super(problem);
  }

  /**
   * An exception about one problem that another exception revealed.
   *
   * @param problem what is wrong
   * @param cause what revealed it
   */
  public StrategyException(Problem problem, @Nullable Throwable cause) {
    super(problem, cause);
  }

  /**
   * An exception about several problems found together.
   *
   * @param problems what is wrong, at least one
   */
  public StrategyException(List<Problem> problems) {
    super(problems, null);
  }

  /**
   * An exception about several problems that another exception revealed.
   *
   * @param problems what is wrong, at least one
   * @param cause what revealed them
   */
  public StrategyException(List<Problem> problems, @Nullable Throwable cause) {
    super(problems, cause);
  }
}
