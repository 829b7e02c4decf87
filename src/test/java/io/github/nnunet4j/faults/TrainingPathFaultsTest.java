package io.github.nnunet4j.faults;

import static io.github.nnunet4j.faults.Faults.refused;
import static io.github.nnunet4j.faults.Faults.says;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.nnunet4j.Experiment;
import io.github.nnunet4j.NnUNet;
import io.github.nnunet4j.TrainedModel;
import io.github.nnunet4j.augment.Augmentation;
import io.github.nnunet4j.dataset.Dataset;
import io.github.nnunet4j.dataset.Fold;
import io.github.nnunet4j.dataset.Folds;
import io.github.nnunet4j.error.CancelledException;
import io.github.nnunet4j.error.DatasetException;
import io.github.nnunet4j.error.PreprocessException;
import io.github.nnunet4j.error.StrategyException;
import io.github.nnunet4j.error.TrainingException;
import io.github.nnunet4j.faults.Faults.SmallDisk;
import io.github.nnunet4j.train.TrainerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole way from data set to model, broken off and walked again. */
@Tag("engine")
@Timeout(120)
class TrainingPathFaultsTest {
  @TempDir Path root;

  @AfterEach
  void noThreadIsLeft() {
    Faults.requireNoThreads();
  }

  private static TrainerConfig.Builder brief(TrainerConfig.Builder t) {
    return t.epochs(1).iterations(2).validationIterations(1).loaderThreads(2).seed(1);
  }

  private Experiment experiment(int cases) throws IOException {
    Dataset dataset = new RawFolder(root.resolve("Dataset001_Path"), cases).open();
    return Faults.experiment(dataset);
  }

  @Test
  void oneCaseAloneIsTrainedWithoutFolds() throws IOException {
    Experiment experiment = experiment(1);
    Path run = root.resolve("run");
    says(
        refused(DatasetException.class, () -> experiment.train(TrainingPathFaultsTest::brief, run)),
        "folds",
        "at least 5 cases for 5 folds",
        "1 cases",
        "train on all cases (Fold.all())");
    TrainedModel model = experiment.withFold(Fold.all()).train(TrainingPathFaultsTest::brief, run);
    assertThat(model.folds().keySet()).containsExactly("all");
    assertThat(NnUNet.load(run.resolve("model"))).isEqualTo(model);
  }

  @Test
  void aFailingStrategyLeavesARunThatGoesOn() throws IOException {
    Experiment experiment = experiment(2).withFolds(Folds.crossValidation(2, 1)).withThreads(1);
    Path run = root.resolve("run");
    Augmentation bug =
        (sample, random) -> {
          throw new IllegalStateException("my bug");
        };
    says(
        refused(
            StrategyException.class, () -> experiment.train(t -> brief(t).augmentation(bug), run)),
        "augmentation of case case_",
        "",
        "my bug",
        "");
    Faults.wholeFiles(run);
    assertThat(experiment.train(TrainingPathFaultsTest::brief, run).folds()).hasSize(1);
    assertThat(run.resolve("fold_0/validation/summary.json")).exists();
  }

  @Test
  void aRunThatCannotBeWrittenSaysSo() throws Exception {
    Experiment experiment = experiment(2).withFolds(Folds.crossValidation(2, 1)).withThreads(1);
    Path file = Files.writeString(root.resolve("file"), "no folder");
    says(
        refused(
            TrainingException.class, () -> experiment.train(TrainingPathFaultsTest::brief, file)),
        "run " + file,
        "files that can be read and written",
        "file",
        "train again with the same folder");
    Path run = root.resolve("run");
    try (SmallDisk disk = new SmallDisk(run, 4)) {
      disk.fillBut(0);
      says(
          refused(
              TrainingException.class, () -> experiment.train(TrainingPathFaultsTest::brief, run)),
          "run " + run,
          "files that can be read and written",
          "No space left on device",
          "finished epochs and cases are kept");
      assertThat(Faults.wholeFiles(run)).containsExactly("filler");
      disk.empty();
      disk.fillBut(30 << 10); // the descriptions and no prepared case
      assertThat(
              refused(
                      PreprocessException.class,
                      () -> experiment.train(TrainingPathFaultsTest::brief, run))
                  .found())
          .contains("No space left on device");
      Faults.wholeFiles(run);
      disk.empty();
      assertThat(experiment.train(TrainingPathFaultsTest::brief, run).folds()).hasSize(1);
    }
  }

  @Test
  void anInterruptBeforeTheTrainingLeavesARunThatGoesOn() throws IOException {
    Experiment experiment = experiment(2).withFolds(Folds.crossValidation(2, 1)).withThreads(1);
    Path run = root.resolve("run");
    Thread caller = Thread.currentThread();
    Experiment disturbed = experiment.withListener((id, done, total) -> caller.interrupt());
    refused(CancelledException.class, () -> disturbed.train(TrainingPathFaultsTest::brief, run));
    assertThat(Thread.interrupted()).isTrue();
    Faults.wholeFiles(run);
    assertThat(experiment.train(TrainingPathFaultsTest::brief, run).folds()).hasSize(1);
  }
}
