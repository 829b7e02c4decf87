package io.github.nnunet4j.infer;

import io.github.nnunet4j.error.CancelledException;
import io.github.nnunet4j.error.ModelException;
import io.github.nnunet4j.error.NnUNetException;
import io.github.nnunet4j.error.PredictionException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.error.StrategyException;
import java.io.IOException;
import java.util.List;

/** Failures of one case among many: the same failure, with the id of the case. */
final class CaseFailures {
  private CaseFailures() {}

  static Throwable of(String id, Throwable failure) {
    String where = "case " + id;
    if (failure instanceof OutOfMemoryError) {
      return new PredictionException(
          new Problem(
              where,
              "enough memory",
              String.valueOf(failure.getMessage()),
              "Give the JVM more heap (-Xmx), or predict the image in parts."),
          failure);
    }
    if (failure instanceof CancelledException || failure instanceof Error) {
      return failure;
    }
    if (failure instanceof NnUNetException known) {
      List<Problem> problems = known.within(where);
      if (failure instanceof StrategyException) {
        return new StrategyException(problems, failure);
      }
      if (failure instanceof ModelException) {
        return new ModelException(problems, failure);
      }
      return new PredictionException(problems, failure);
    }
    String next =
        failure instanceof IOException
            ? "Check that the files of the case exist and may be read, that the output folder may"
                + " be written and that the disk has room."
            : "This is a failure of what supplies, predicts or writes the case; see its cause.";
    return new PredictionException(
        new Problem(where, "a case that can be predicted", failure.toString(), next), failure);
  }
}
