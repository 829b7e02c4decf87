package io.github.nnunet4j;

import io.github.nnunet4j.dataset.CaseListener;
import io.github.nnunet4j.dataset.Fold;
import io.github.nnunet4j.dataset.FoldStrategy;
import io.github.nnunet4j.dataset.Folds;
import io.github.nnunet4j.internal.Parallel;
import io.github.nnunet4j.internal.Settings;
import io.github.nnunet4j.plan.PlanCodec;
import io.github.nnunet4j.train.TrainerConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** What of an experiment has a default; changed only in a fresh copy. */
final class ExperimentSettings extends Settings<ExperimentSettings> {
  String configuration;
  Fold fold = Fold.of(0);
  FoldStrategy folds = Folds.crossValidation();
  PlanCodec codec = PlanCodec.standard();
  int threads = Parallel.processors();
  Optional<Path> prepared = Optional.empty();
  CaseListener listener = CaseListener.silent();
  Optional<Path> previousRun = Optional.empty();
  Optional<UnaryOperator<TrainerConfig.Builder>> previousTraining = Optional.empty();

  ExperimentSettings(String configuration) {
    this.configuration = configuration;
  }

  ExperimentSettings edited(Consumer<ExperimentSettings> edit) {
    ExperimentSettings copy = sameFields();
    edit.accept(copy);
    return copy;
  }

  List<Object> values() {
    return List.of(
        List.of(configuration, fold, folds, codec),
        List.of(threads, prepared, listener, previousRun, previousTraining));
  }
}
