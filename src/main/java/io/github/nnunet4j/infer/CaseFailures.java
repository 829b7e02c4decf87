package io.github.nnunet4j.infer;

import io.github.nnunet4j.error.CancelledException;
import io.github.nnunet4j.error.ModelException;
import io.github.nnunet4j.error.NnUNetException;
import io.github.nnunet4j.error.PredictionException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.error.StrategyException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
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
    return new PredictionException(unknown(where, failure), failure);
  }

  private static Problem unknown(String where, Throwable failure) {
    if (failure instanceof NoSuchFileException missing) {
      return new Problem(
          where + ": " + missing.getFile(),
          "a file",
          "no such file",
          "Add it, or correct its name or what supplies the case.");
    }
    return new Problem(
        where,
        "a case that can be predicted",
        failure.toString(),
        failure instanceof IOException
            ? "Check that the files of the case exist and may be read, that the output folder may"
                + " be written and that the disk has room."
            : "This is a failure of what supplies, predicts or writes the case; see its cause.");
  }
}
