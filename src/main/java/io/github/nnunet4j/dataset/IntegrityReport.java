package io.github.nnunet4j.dataset;

import io.github.nnunet4j.error.DatasetException;
import io.github.nnunet4j.error.Problem;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything that an integrity check found, ordered by case id.
 *
 * @param errors what makes the data set unfit for training
 * @param warnings what deserves a look, such as origins of image and labels that differ
 */
public record IntegrityReport(List<Problem> errors, List<Problem> warnings) {
  /** Copies the lists. */
  public IntegrityReport {
    errors = List.copyOf(errors);
    warnings = List.copyOf(warnings);
  }

  /**
   * Whether the data set is fit for training.
   *
   * @return true without errors
   */
  public boolean isSound() {
    return errors.isEmpty();
  }

  /**
   * Fails with all errors if there are any.
   *
   * @return this report
   * @throws DatasetException with one problem per error
   */
  public IntegrityReport requireSound() {
    if (!isSound()) {
      throw new DatasetException(errors);
    }
    return this;
  }

  /**
   * One line per problem.
   *
   * @return readable text
   */
  @Override
  public String toString() {
    if (errors.isEmpty() && warnings.isEmpty()) {
      return "no problems";
    }
    return Stream.concat(
            errors.stream().map(p -> "error: " + p), warnings.stream().map(p -> "warning: " + p))
        .collect(Collectors.joining("\n"));
  }
}
