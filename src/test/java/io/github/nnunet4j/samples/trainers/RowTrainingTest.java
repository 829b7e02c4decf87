package io.github.nnunet4j.samples.trainers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nnunet4j.Experiment;
import io.github.nnunet4j.TrainedModel;
import io.github.nnunet4j.dataset.Case;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.infer.Mirroring;
import io.github.nnunet4j.infer.Predictor;
import io.github.nnunet4j.infer.PredictorConfig;
import io.github.nnunet4j.network.Weights;
import io.github.nnunet4j.samples.trainers.TrainerRow.Version;
import io.github.nnunet4j.train.Checkpoint;
import io.github.nnunet4j.train.EpochResult;
import io.github.nnunet4j.train.OptimizerSchedules;
import io.github.nnunet4j.train.Trainer;
import io.github.nnunet4j.train.TrainerConfig;
import io.github.nnunet4j.train.TrainingData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A short training of one row of each group on real cases: the loss falls, no array is left over,
 * the checkpoint goes on to the same bits, the model predicts. A sample of the groups runs in every
 * build, the others with {@code mvn -Pslow test}.
 */
@Tag("engine")
@Timeout(600)
class RowTrainingTest {
  private static final int ITERATIONS = 8;

  @TempDir static Path prepared;
  @TempDir Path folder;

  private static SmallHippocampus hippocampus;

  @BeforeAll
  static void plan() {
    hippocampus = new SmallHippocampus(prepared);
  }

  /** What is trained: a row on 3D or 2D patches, with what a few steps need instead of hours. */
  private record Representative(
      String group, TrainerRow row, Kind kind, UnaryOperator<TrainerConfig.Builder> brief) {
    Representative with(UnaryOperator<TrainerConfig.Builder> more) {
      return new Representative(group, row, kind, more);
    }

    Representative on(Kind other) {
      return new Representative(group, row, other, brief);
    }

    @Override
    public String toString() {
      return group + ": " + row + (kind == Kind.VOLUMES ? "" : ", " + kind);
    }
  }

  private enum Kind {
    VOLUMES,
    SLICES,
    REGIONS,
    RESIDUAL_PLAN
  }

  private static Representative v1(String group, String trainer) {
    return row(group, Trainers.find(Version.V1, trainer));
  }

  private static Representative v2(String group, String trainer) {
    return row(group, Trainers.find(Version.V2, trainer));
  }

  private static Representative row(String group, TrainerRow row) {
    return new Representative(group, row, Kind.VOLUMES, t -> t);
  }

  /** A rate at which a few dozen steps show something, where the row begins with a long warm-up. */
  private static TrainerConfig.Builder faster(TrainerConfig.Builder t) {
    return t.schedule(OptimizerSchedules.polynomial(1e-3, 0.9));
  }

  static Stream<Representative> sample() {
    return Stream.of(
        v1("losses", "nnUNetTrainerV2_Loss_DiceTopK10"),
        v2("optimizers", "nnUNetTrainerAdan1en3"),
        v1("norms", "nnUNetTrainerV2_GN"),
        v1("residual networks of v1", "nnUNetTrainerV2_ResencUNet_SimonsInit"),
        v2("transformers", "nnUNet_Primus_S_Trainer").with(RowTrainingTest::faster),
        v1("augmentation of v1", "nnUNetTrainerV2_DA5"),
        v1("sampling in 2D", "nnUNetTrainerV2_momentum09in2D").on(Kind.SLICES));
  }

  static Stream<Representative> others() {
    return Stream.of(
        v2("defaults", "nnUNetTrainer"),
        v2("defaults on a residual plan", "nnUNetTrainer").on(Kind.RESIDUAL_PLAN),
        v1("base classes", "nnUNetTrainer"),
        v2("losses of v2", "nnUNetTrainerTopk10LossLS01"),
        v1("losses with a schedule", "nnUNetTrainerV2_graduallyTransitionFromCEToDice"),
        v1("optimizers of v1", "nnUNetTrainerV2_Ranger_lr3en3"),
        v2("schedules", "nnUNetTrainer_warmup"),
        v1("schedules by result", "nnUNetTrainerV2_SGD_ReduceOnPlateau"),
        v1("batch norm", "nnUNetTrainerV2_BN"),
        v1("filter response norm", "nnUNetTrainerV2_FRN"),
        v2("batch norm of v2", "nnUNetTrainerBN").on(Kind.SLICES),
        v1("nonlinearities", "nnUNetTrainerV2_Mish"),
        v1("order of layers", "nnUNetTrainerV2_ReLU_convReLUIN").on(Kind.SLICES),
        v1("stages", "nnUNetTrainerV2_3ConvPerStage"),
        v1("no deep supervision", "nnUNetTrainerV2_noDeepSupervision"),
        v2("transformers of version 2", "nnUNet_PrimusV2S_Trainer").with(RowTrainingTest::faster),
        v2("transformers of version 3", "nnUNet_PrimusV3S_Trainer").with(RowTrainingTest::faster),
        v2("augmentation of v2", "nnUNetTrainerDA5"),
        v1("augmentation with deformation", "nnUNetTrainerV2_MMS"),
        v2("no augmentation", "nnUNetTrainerNoDA"),
        v2("mirroring", "nnUNetTrainer_onlyMirror01"),
        v2("sampling", "nnUNetTrainer_probabilisticOversampling_033"),
        v2("benchmarks", "nnUNetTrainerBenchmark_5epochs_noDataLoading"),
        v1("several devices", "nnUNetTrainerV2_DDP"),
        v1("regions", "nnUNetTrainerV2BraTSRegions_DA4_BN").on(Kind.REGIONS));
  }

  @ParameterizedTest
  @MethodSource("sample")
  void trainsResumesAndPredicts(Representative one) throws IOException {
    train(one);
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("others")
  void trainsResumesAndPredictsAsWell(Representative one) throws IOException {
    train(one);
  }

  @Tag("slow")
  @Test
  void aPretrainedEncoderIsWhereTheTrainingBegins() throws IOException {
    Weights given = train(v2("defaults", "nnUNetTrainer"));
    Path file = folder.resolve("pretrained.safetensors");
    given.write(file);
    train(
        v2("pretrained networks", "PretrainedTrainer_150ep")
            .with(t -> t.initialWeights(PretrainedEncoder.of(file))));
  }

  private Experiment experiment(Representative one) {
    Experiment experiment =
        switch (one.kind) {
          case VOLUMES -> hippocampus.volumes();
          case SLICES -> hippocampus.slices();
          case REGIONS -> hippocampus.regions();
          case RESIDUAL_PLAN -> hippocampus.residual();
        };
    return SmallHippocampus.narrow(one.row.on(experiment));
  }

  private Weights train(Representative one) throws IOException {
    Experiment experiment = experiment(one);
    Watch watch = new Watch();
    TrainerConfig config = config(one, experiment, watch);
    TrainingData data = experiment.data(folder);
    Path run = Files.createTempDirectory(folder, "run");
    Path straight = run.resolve("straight");
    Path resumed = run.resolve("resumed");
    Weights undisturbed;
    try (Trainer trainer = Trainer.start(data, config, straight)) {
      trainer.runEpoch();
      copy(Checkpoint.newest(straight).orElseThrow(), resumed);
      trainer.runEpoch();
      undisturbed = trainer.weights();
    }
    watch.requireNoArraysLeft(ITERATIONS);
    try (Trainer trainer = Trainer.resume(data, config(one, experiment, watch), resumed)) {
      trainer.runEpoch();
      assertThat(trainer.weights()).isEqualTo(undisturbed);
      List<EpochResult> epochs = trainer.run();
      assertThat(epochs).hasSize(config.epochs());
      assertThat(epochs).allMatch(epoch -> Double.isFinite(epoch.loss().validation()));
      watch.requireFallen(ITERATIONS);
      predict(experiment, config, trainer.weights());
      return trainer.weights();
    }
  }

  private static TrainerConfig config(Representative one, Experiment experiment, Watch watch) {
    TrainerConfig.Builder t = one.brief.apply(one.row.settings(experiment));
    return watch.over(
        t.epochs(3).iterations(ITERATIONS).validationIterations(1).checkpointEvery(1).seed(1));
  }

  private static void copy(Path checkpoint, Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.copy(checkpoint, folder.resolve(checkpoint.getFileName()));
  }

  private static void predict(Experiment experiment, TrainerConfig config, Weights weights)
      throws IOException {
    TrainedModel model =
        TrainedModel.builder()
            .plan(experiment.plan())
            .configuration(experiment.configuration().name())
            .dataset(experiment.dataset().description())
            .mirrorAxes(List.copyOf(config.mirrorAxes()))
            .fold("0", weights)
            .build();
    Case heldOut = experiment.dataset().find(experiment.split().validation().get(0));
    // eight mirror images take longer than the training
    Mirroring few = config.mirrorAxes().size() > 2 ? Mirroring.none() : model.mirroring();
    try (Predictor predictor = model.predictor(PredictorConfig.defaults().withMirroring(few))) {
      LabelMap labels = predictor.predict(heldOut.image());
      assertThat(labels.grid()).isEqualTo(heldOut.image().grid());
      assertThat(experiment.dataset().labels().undeclared(labels)).isEmpty();
    }
  }
}
