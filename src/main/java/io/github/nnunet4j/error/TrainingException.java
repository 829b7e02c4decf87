package io.github.nnunet4j.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A training that cannot start, go on or be resumed. */
public class TrainingException extends NnUNetException {
  private static final long serialVersionUID = 1L;

  /**
   * An exception about one problem.
   *
   * @param problem what is wrong
   */
  public TrainingException(Problem problem) {
    super(problem);
  }

  /**
   * An exception about one problem that another exception revealed.
   *
   * @param problem what is wrong
   * @param cause what revealed it
   */
  public TrainingException(Problem problem, @Nullable Throwable cause) {
    super(problem, cause);
  }

  /**
   * An exception about several problems found together.
   *
   * @param problems what is wrong, at least one
   */
  public TrainingException(List<Problem> problems) {
    super(problems, null);
  }

  /**
   * An exception about several problems that another exception revealed.
   *
   * @param problems what is wrong, at least one
   * @param cause what revealed them
   */
  public TrainingException(List<Problem> problems, @Nullable Throwable cause) {
    super(problems, cause);
  }
}
