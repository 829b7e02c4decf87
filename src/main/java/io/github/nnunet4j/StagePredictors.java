package io.github.nnunet4j;

import io.github.nnunet4j.infer.Predictor;
import io.github.nnunet4j.infer.PredictorConfig;
import java.util.List;
import java.util.Optional;

/** Predictors of models, with those of the stages before. */
final class StagePredictors {
  private StagePredictors() {}

  /** The previous stage mirrors as it was trained if this one does so, else as this one. */
  static Predictor of(TrainedModel model, PredictorConfig config) {
    PlanWords.requireKnown(model.plan(), model.configuration());
    Predictor own =
        Predictor.of(
            model.configuration(), model.labels(), List.copyOf(model.folds().values()), config);
    Optional<TrainedModel> first = model.previousStage();
    if (first.isEmpty()) {
      return own;
    }
    boolean asTrained = config.mirroring().equals(model.mirroring());
    try {
      return Predictor.cascade(
          of(first.get(), asTrained ? config.withMirroring(first.get().mirroring()) : config), own);
    } catch (RuntimeException e) {
      own.close();
      throw e;
    }
  }
}
