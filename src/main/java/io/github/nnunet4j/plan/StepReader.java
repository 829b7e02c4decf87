package io.github.nnunet4j.plan;

import io.github.nnunet4j.error.PlanException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.internal.JsonView;
import io.github.nnunet4j.preprocess.PreprocessingStep;
import io.github.nnunet4j.preprocess.PreprocessingSteps;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The order of preprocessing steps of a configuration: by its name, or step by step. */
record StepReader(Words<PreprocessingStep> words) {
  /**
   * The steps.
   *
   * @throws PlanException with one problem for each step that nobody can decode
   */
  List<PreprocessingStep> read(JsonView configuration) {
    JsonView name = configuration.get("preprocessor_name");
    Optional<List<PreprocessingStep>> named = StepWords.steps(name.text());
    Optional<JsonView> list = configuration.find(StepWords.KEY);
    if (list.isEmpty()) {
      if (name.text().equals(StepWords.OWN)) {
        throw name.failure(
            "the steps of a " + StepWords.OWN + " in \"" + StepWords.KEY + "\"",
            "List the steps in their order, such as [\"normalize\", \"resample\"].");
      }
      return named.orElse(PreprocessingSteps.v2()); // a name of others is refused where it matters
    }
    List<PreprocessingStep> steps = all(list.get());
    if (named.isPresent() && !named.get().equals(steps)) {
      throw name.failure(
          "a name that fits \"" + StepWords.KEY + "\", or " + StepWords.OWN,
          "Write " + StepWords.OWN + ", or take \"" + StepWords.KEY + "\" out.");
    }
    return steps;
  }

  private List<PreprocessingStep> all(JsonView list) {
    List<PreprocessingStep> steps = new ArrayList<>();
    List<Problem> missing = new ArrayList<>();
    for (JsonView one : list.list()) {
      try {
        steps.add(words.decode(PlanReader.ConfigurationReader.scheme(one), one));
      } catch (PlanException e) {
        missing.addAll(e.problems());
      }
    }
    if (!missing.isEmpty()) {
      throw new PlanException(missing);
    }
    return steps;
  }
}
