package io.github.nnunet4j;

import io.github.nnunet4j.dataset.CaseListener;
import io.github.nnunet4j.dataset.Fold;
import io.github.nnunet4j.dataset.FoldStrategy;
import io.github.nnunet4j.internal.Checks;
import io.github.nnunet4j.plan.PlanCodec;
import io.github.nnunet4j.train.TrainerConfig;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The changes of an {@link Experiment} that need no more than its settings. */
abstract sealed class ExperimentEdits permits Experiment {
  /** The experiment with changed settings. */
  abstract Experiment with(Consumer<ExperimentSettings> edit);

  /**
   * Another configuration.
   *
   * @param name such as 2d
   * @return the experiment on it
   * @throws io.github.nnunet4j.error.PlanException if the plan does not have it
   */
  public Experiment withConfiguration(String name) {
    return with(s -> s.configuration = name);
  }

  /**
   * Another fold.
   *
   * @param fold a number from 0, or all cases
   * @return the experiment on it
   */
  public Experiment withFold(Fold fold) {
    Objects.requireNonNull(fold, "fold");
    return with(s -> s.fold = fold);
  }

  /**
   * Another way to cut the data into folds; nnU-Net's five folds by default.
   *
   * @param folds the strategy
   * @return the experiment with it
   */
  public Experiment withFolds(FoldStrategy folds) {
    Objects.requireNonNull(folds, "folds");
    return with(s -> s.folds = folds);
  }

  /**
   * A codec for plans with strategies of your own.
   *
   * @param codec that knows them
   * @return the experiment with it
   */
  public Experiment withCodec(PlanCodec codec) {
    Objects.requireNonNull(codec, "codec");
    return with(s -> s.codec = codec);
  }

  /**
   * How many threads prepare cases; the processors of the machine by default.
   *
   * @param threads at least 1
   * @return the experiment with it
   */
  public Experiment withThreads(int threads) {
    Checks.positive(threads, "threads");
    return with(s -> s.threads = threads);
  }

  /**
   * Where prepared cases are kept; the run folder's {@code prepared} by default. Experiments may
   * share a folder: cases are made again when recipe or sources differ.
   *
   * @param folder created if missing
   * @return the experiment with it
   */
  public Experiment withPreparedData(Path folder) {
    return with(s -> s.prepared = Optional.of(folder));
  }

  /**
   * Where the stage before this configuration is trained, if not by the same call: the run folder
   * of that stage, trained into before on all folds; the run folder's {@code previous_stage} by
   * default. With {@link #withPreviousTraining} it may also be trained there by the same call.
   *
   * @param run folder of the previous stage's run
   * @return the experiment with it
   */
  public Experiment withPreviousStage(Path run) {
    return with(s -> s.previousRun = Optional.of(run));
  }

  /**
   * How the stage before this configuration is trained; as this stage by default.
   *
   * @param edit changes nnU-Net's defaults for that stage
   * @return the experiment with it
   */
  public Experiment withPreviousTraining(UnaryOperator<TrainerConfig.Builder> edit) {
    Objects.requireNonNull(edit, "edit");
    return with(s -> s.previousTraining = Optional.of(edit));
  }

  /**
   * Who hears of prepared and predicted cases.
   *
   * @param listener called from several threads
   * @return the experiment with it
   */
  public Experiment withListener(CaseListener listener) {
    Objects.requireNonNull(listener, "listener");
    return with(s -> s.listener = listener);
  }
}
