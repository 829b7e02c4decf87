package io.github.nnunet4j;

import io.github.nnunet4j.error.ModelException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.internal.Checks;

/** What the parts of a model must have in common. */
final class ModelRules {
  private ModelRules() {}

  static void require(TrainedModel model) {
    int channels = model.dataset().channels().size();
    if (model.plan().intensities().size() != channels) {
      throw failure(
          "model",
          "a plan for " + channels + " channels, as the description of the data has",
          model.plan().intensities().size() + " channels",
          "Put plan and description of one data set together.");
    }
    int rank = model.configuration().patch().rank();
    model
        .mirrorAxes()
        .forEach(
            axis ->
                Checks.argument(axis >= 0 && axis < rank, "mirror axis %s of %s axes", axis, rank));
    if (model.folds().isEmpty()) {
      throw failure("model", "the weights of at least one fold", "none", "Add a fold.");
    }
    model.previousStage().ifPresent(previous -> requireFits(model, previous));
  }

  /** Whether both are of one plan, configuration and kind of data, so that their folds fit. */
  static boolean areOfOneKind(TrainedModel model, TrainedModel other) {
    return model.plan().equals(other.plan())
        && model.configuration().equals(other.configuration())
        && model.dataset().equals(other.dataset())
        && model.mirrorAxes().equals(other.mirrorAxes());
  }

  /** Fails unless the folds of both can be averaged. */
  static void requireJoinable(TrainedModel model, TrainedModel other) {
    String where = "folds to join";
    if (!model.plan().equals(other.plan())
        || !model.configuration().equals(other.configuration())
        || !model.previousStage().equals(other.previousStage())) {
      throw failure(
          where,
          "models of one plan, configuration and previous stage, " + model,
          other.toString(),
          "Average the logits of unlike models instead.");
    }
    other
        .folds()
        .keySet()
        .forEach(
            fold -> {
              if (model.folds().containsKey(fold)) {
                throw failure(where, "each fold once", "fold " + fold + " twice", "Leave one out.");
              }
            });
  }

  private static void requireFits(TrainedModel model, TrainedModel previous) {
    String where = "previous stage of " + model.configuration().name();
    String expected = model.configuration().previousStage().orElse("none, as the plan has it");
    String found = previous.configuration().name();
    if (!expected.equals(found)) {
      throw failure(where, expected, found, "Give each stage the model that its plan names.");
    }
    if (!previous.plan().equals(model.plan()) || !previous.dataset().equals(model.dataset())) {
      throw failure(
          where,
          "plan and data set of the model behind it",
          previous.plan().plansName() + " of " + previous.labels(),
          "Train both stages with one plan.");
    }
  }

  private static ModelException failure(String where, String expected, String found, String next) {
    return new ModelException(new Problem(where, expected, found, next));
  }
}
