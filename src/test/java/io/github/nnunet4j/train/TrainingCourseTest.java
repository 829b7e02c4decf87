package io.github.nnunet4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import io.github.nnunet4j.augment.Sample;
import io.github.nnunet4j.error.StrategyException;
import io.github.nnunet4j.error.TrainingException;
import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.network.RunningNetwork;
import io.github.nnunet4j.network.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Length, passes, early end, whole volumes, and what a resume says of other settings. */
@Tag("engine")
@Timeout(120)
class TrainingCourseTest {
  @TempDir Path folder;

  private static final TrainingData DATA = TinyTraining.data();

  private static TrainerConfig.Builder config() {
    return TinyTraining.config(DATA).loaderThreads(1);
  }

  @AfterEach
  void noThreadIsLeft() {
    Faults.requireNoThreads();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void severalPassesMakeTheStepOfOne(int passes) {
    TrainerConfig.Builder whole = config().epochs(1).iterations(2).batchSize(4);
    Weights one = Faults.run(DATA, whole.build(), folder.resolve("one"));
    Weights several = Faults.run(DATA, whole.passes(passes).build(), folder.resolve("several"));
    for (String name : one.names()) {
      float[] expected = one.values(name);
      float[] found = several.values(name);
      for (int i = 0; i < expected.length; i++) {
        assertThat(found[i]).as("%s[%d]", name, i).isCloseTo(expected[i], within(2e-5f));
      }
    }
    double loss = onlyEpoch("one").loss().validation();
    assertThat(onlyEpoch("several").loss().validation()).isCloseTo(loss, within(1e-4));
    assertThat(onlyEpoch("several").dice().perClass())
        .hasSameSizeAs(onlyEpoch("one").dice().perClass());
  }

  private EpochResult onlyEpoch(String run) {
    return Checkpoint.read(Checkpoint.newest(folder.resolve(run)).orElseThrow()).history().get(0);
  }

  static Stream<Optimizer> optimizers() {
    return Stream.of(
        Optimizers.sgd(0.99, true, 3e-5),
        Optimizers.sgd(0.9, false, 3e-5),
        Optimizers.adam(3e-5),
        Optimizers.adam(Optimizers.AdamSettings.defaults(3e-5).withAmsgrad()),
        Optimizers.adamW(3e-5),
        Optimizers.ranger(3e-5),
        Optimizers.adan(3e-5));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void everyOptimizerSurvivesACheckpointBitForBit(Optimizer optimizer) {
    TrainerConfig config =
        config().epochs(2).optimizer(optimizer).schedule(OptimizerSchedules.constant(1e-3)).build();
    Weights undisturbed = Faults.run(DATA, config, folder.resolve("one"));
    TrainerConfig saving =
        config()
            .epochs(2)
            .optimizer(optimizer)
            .schedule(OptimizerSchedules.constant(1e-3))
            .checkpointEvery(1)
            .build();
    try (Trainer trainer = Trainer.start(DATA, saving, folder.resolve("two"))) {
      trainer.runEpoch();
    }
    assertThat(Faults.run(DATA, saving, folder.resolve("two"))).isEqualTo(undisturbed);
  }

  @Test
  void aPlateauGoesOnAfterAResume() {
    TrainerConfig.Builder builder =
        config()
            .epochs(4)
            .schedule(OptimizerSchedules.reduceOnPlateau(0.01).patience(0).threshold(1e3).build())
            .checkpointEvery(1);
    try (Trainer trainer = Trainer.start(DATA, builder.build(), folder)) {
      trainer.runEpoch();
      trainer.runEpoch();
      trainer.runEpoch();
    }
    try (Trainer trainer = Trainer.resume(DATA, builder.build(), folder)) {
      List<EpochResult> epochs = trainer.run();
      double[] rates = epochs.stream().mapToDouble(e -> e.rates().learningRate()).toArray();
      assertThat(rates).containsExactly(new double[] {0.01, 0.01, 2e-3, 4e-4}, within(1e-12));
    }
  }

  @Test
  void aRuleEndsTheTrainingForGood() {
    StoppingRule rule = StoppingRules.patience(1, 1e3, 1);
    TrainerConfig config = config().epochs(50).stopWhen(rule).build();
    try (Trainer trainer = Trainer.start(DATA, config, folder)) {
      assertThat(trainer.run()).hasSize(3);
      assertThat(trainer.isFinished()).isTrue();
    }
    assertThat(Checkpoint.isFinished(folder)).isTrue();
    assertThat(folder).isDirectoryNotContaining("glob:**/checkpoint_latest.safetensors");
    try (Trainer trainer = Trainer.resume(DATA, config, folder)) {
      assertThat(trainer.isFinished()).isTrue();
      assertThat(trainer.run()).hasSize(3);
    }
  }

  @Test
  void aRuleThatFailsIsNamed() {
    StoppingRule rule =
        (next, rates) -> {
          throw new IllegalStateException("no more");
        };
    TrainerConfig config = config().stopWhen(rule).build();
    assertThatThrownBy(() -> Faults.run(DATA, config, folder))
        .isInstanceOf(StrategyException.class)
        .hasMessageContainingAll("end of epoch 0, stopping rule ", "no more");
  }

  @Test
  void wholeVolumesAreScoredEveryFewEpochsAndStopAtTheTarget() throws IOException {
    VolumeValidation growing =
        (progress, weights) -> {
          assertThat(weights.names()).isNotEmpty();
          return List.of(0.2 * progress.epoch(), Double.NaN);
        };
    TrainerConfig config =
        config()
            .epochs(9)
            .validateVolumes(2, growing)
            .stopWhen(StoppingRules.reaches(Measure.VOLUME_DICE, 0.59))
            .build();
    try (Trainer trainer = Trainer.start(DATA, config, folder)) {
      List<EpochResult> epochs = trainer.run();
      assertThat(epochs).hasSize(4);
      assertThat(epochs.get(0).dice().volumes()).isEmpty();
      assertThat(epochs.get(1).dice().volumes()).containsExactly(0.2, Double.NaN);
      assertThat(epochs.get(2).dice().volumes()).isEmpty();
      assertThat(Measure.VOLUME_DICE.applyAsDouble(epochs.get(3))).isCloseTo(0.6, within(1e-12));
      assertThat(EpochLog.read(folder.resolve("training_log.jsonl"))).isEqualTo(epochs);
    }
    assertThat(Faults.requireIntact(folder).history()).hasSize(4);
  }

  @Test
  void aVolumeValidationThatFailsIsNamed() {
    TrainerConfig config =
        config()
            .validateVolumes(
                1,
                (progress, weights) -> {
                  throw new IllegalStateException("no volume");
                })
            .build();
    assertThatThrownBy(() -> Faults.run(DATA, config, folder))
        .isInstanceOf(StrategyException.class)
        .hasMessageContainingAll("epoch 0, volume validation ", "every 1 epochs", "no volume");
  }

  @Test
  void dummyDataTrainsOnOneBatchWithoutReadingCases() {
    TrainingCase stub =
        new TrainingCase() {
          private final TrainingCase real = TinyTraining.ball(1);
          private int reads;

          @Override
          public String id() {
            return "stub";
          }

          @Override
          public Extent extent() {
            return real.extent();
          }

          @Override
          public List<ClassVoxels> classes() {
            return real.classes();
          }

          @Override
          public Sample read(Box box) {
            assertThat(box.size().voxels()).as("only a voxel, for the channels").isEqualTo(1);
            reads++;
            assertThat(reads).isLessThan(10);
            return real.read(box);
          }
        };
    TrainingData data =
        new TrainingData(DATA.configuration(), DATA.labels(), List.of(stub), List.of());
    TrainerConfig config =
        config().dummyData().optimizer(Optimizers.adamW(0)).schedule(constant()).build();
    try (Trainer trainer = Trainer.start(data, config, folder)) {
      List<EpochResult> epochs = trainer.run();
      assertThat(epochs.get(2).loss().training()).isLessThan(epochs.get(0).loss().training());
      assertThat(epochs.get(0).dice().perClass()).hasSize(2);
      assertThat(epochs.get(0).time().waiting()).isZero();
    }
  }

  private static OptimizerSchedule constant() {
    return OptimizerSchedules.constant(0.01);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1e-3, Double.POSITIVE_INFINITY, Double.NaN})
  void anImpossibleRateIsNamedWithScheduleAndEpoch(double rate) {
    OptimizerSchedule schedule =
        new OptimizerSchedule() {
          @Override
          public Rates at(Progress progress) {
            return Rates.of(progress.epoch() < 2 ? 0.01 : rate);
          }

          @Override
          public String toString() {
            return "falling too far";
          }
        };
    TrainerConfig config = config().schedule(schedule).checkpointEvery(1).build();
    assertThatThrownBy(() -> Faults.run(DATA, config, folder))
        .isInstanceOf(StrategyException.class)
        .hasMessageContainingAll(
            "epoch 2, schedule falling too far",
            "learningRate must be finite and not negative, was " + rate,
            "the last checkpoint is intact");
    assertThat(Faults.requireIntact(folder).epoch()).isEqualTo(2);
  }

  static Stream<Arguments> otherSettings() {
    VolumeValidation nothing = (progress, weights) -> List.of();
    return Stream.of(
        Arguments.of("schedule", config().schedule(OptimizerSchedules.cosine(0.01))),
        Arguments.of("optimizer", config().optimizer(Optimizers.ranger(3e-5))),
        Arguments.of("stopWhen", config().stopWhen(StoppingRules.patienceOfV1())),
        Arguments.of("sampler", config().oversampling(Oversamplings.probabilistic(0.33))),
        Arguments.of(
            "sampler",
            config().samplerFor(w -> PatchSamplers.classBalanced(w, Oversamplings.lastPart(0.5)))),
        Arguments.of("passes", config().passes(2)),
        Arguments.of("restart", config().restartIfNothingLearnedBy(100)),
        Arguments.of("validateVolumes", config().validateVolumes(3, nothing)),
        Arguments.of("data", config().dummyData()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("otherSettings")
  void aResumeWithAnotherSettingNamesIt(String named, TrainerConfig.Builder other) {
    TrainerConfig config = config().epochs(3).checkpointEvery(1).build();
    try (Trainer trainer = Trainer.start(DATA, config, folder)) {
      trainer.runEpoch();
    }
    assertThatThrownBy(() -> Trainer.resume(DATA, other.build(), folder).close())
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining(".safetensors, " + named + ":");
    assertThat(folder.resolve("run.json")).content().contains(named);
  }

  @Test
  void howBatchesAreCachedMakesNoDifference() {
    Weights one = Faults.run(DATA, config().cachedBatches(1).build(), folder.resolve("one"));
    Weights many = Faults.run(DATA, config().cachedBatches(6).build(), folder.resolve("many"));
    assertThat(many).isEqualTo(one);
    assertThatThrownBy(() -> config().cachedBatches(0).build())
        .hasMessageContaining("cachedBatches");
    assertThatThrownBy(() -> config().passes(3).build()).hasMessageContaining("3 passes");
  }

  @Test
  void weightsAreDrawnAnewIfNothingWasLearned() {
    TrainerConfig config = config().restartIfNothingLearnedBy(1).build();
    RunningNetwork.Heads heads = new RunningNetwork.Heads(1, 3, TinyTraining.PATCH, true);
    try (RunningNetwork network =
        RunningNetwork.start(TinyTraining.network(), heads, Device.cpu(), config.seed())) {
      Weights before = network.weights();
      EpochRules rules = new EpochRules(config, network);
      rules.restart(Histories.of(1, e -> Histories.dice(e, 0)));
      rules.restart(Histories.of(2, e -> Histories.dice(e, 0.1)));
      rules.restart(Histories.of(2, e -> Histories.dice(e, Double.NaN)));
      rules.restart(Histories.of(3, e -> Histories.dice(e, 0)));
      assertThat(network.weights()).isEqualTo(before);
      rules.restart(Histories.of(2, e -> Histories.dice(e, 0)));
      String conv = "encoder.stages.0.0.convs.0.conv.weight";
      assertThat(network.weights().values(conv)).isNotEqualTo(before.values(conv));
      assertThat(network.weights().values("encoder.stages.0.0.convs.0.norm.weight"))
          .isEqualTo(before.values("encoder.stages.0.0.convs.0.norm.weight"));
    }
  }

  @Test
  void settingsMayDependOnTheConfiguration() {
    TrainerConfig.Builder builder = config();
    boolean flat = builder.configuration().patch().rank() == 2;
    builder.optimizer(Optimizers.sgd(flat ? 0.9 : 0.99, true, 3e-5));
    assertThat(builder.build().optimizer()).isEqualTo(Optimizers.sgd(0.99, true, 3e-5));
  }
}
