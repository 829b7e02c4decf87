package io.github.nnunet4j;

import io.github.nnunet4j.error.PlanException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.plan.Configuration;
import io.github.nnunet4j.plan.Plan;
import java.util.ArrayList;
import java.util.List;

/**
 * Words of a plan that name code of nnU-Net's. A plan with others can be read and written, but who
 * trains or predicts with it would get other numbers than the plan means.
 */
final class PlanWords {
  private static final String PREPROCESSOR = "DefaultPreprocessor";
  private static final String LABEL_MANAGER = "LabelManager";

  private PlanWords() {}

  static void requireKnown(Plan plan, Configuration configuration) {
    List<Problem> problems = new ArrayList<>();
    if (!configuration.hasKnownPreprocessor()) {
      problems.add(
          problem(
              "$.configurations." + configuration.name() + ".preprocessor_name",
              PREPROCESSOR,
              configuration.preprocessor()));
    }
    if (!plan.labelManager().equals(LABEL_MANAGER)) {
      problems.add(problem("$.label_manager", LABEL_MANAGER, plan.labelManager()));
    }
    if (!problems.isEmpty()) {
      throw new PlanException(problems);
    }
  }

  private static Problem problem(String where, String known, String found) {
    return new Problem(
        where,
        "the known word " + known + " where one trains or predicts",
        "\"" + found + "\"",
        "Code under that name is not part of this library. Write "
            + known
            + " if its rules are meant; put rules of your own into normalizations and resamplings.");
  }
}
