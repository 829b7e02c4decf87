package io.github.nnunet4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.github.nnunet4j.augment.Augmentation;
import io.github.nnunet4j.augment.Sample;
import io.github.nnunet4j.error.NnUNetException;
import io.github.nnunet4j.error.StrategyException;
import io.github.nnunet4j.error.TrainingException;
import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.loss.LossFunction;
import io.github.nnunet4j.network.Normalizations;
import io.github.nnunet4j.network.UNet;
import io.github.nnunet4j.network.Weights;
import io.github.nnunet4j.train.Faults.Fuse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Strategies that keep their promise for an epoch and then return what they must not: each is named
 * with place and shape, and the training goes on from its last checkpoint to the same end.
 */
@Tag("engine")
@Timeout(120)
class BrokenPromisesTest {
  private static Weights undisturbed;

  @TempDir Path folder;

  /**
   * A strategy that breaks a promise.
   *
   * @param name for the report
   * @param use which use breaks it
   * @param type of the exception
   * @param build a builder whose strategy burns the fuse
   * @param message what the exception says
   */
  record Breaking(
      String name,
      int use,
      Class<? extends NnUNetException> type,
      BiFunction<TrainingData, Fuse, TrainerConfig.Builder> build,
      List<String> message) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static TrainerConfig.Builder config(TrainingData data) {
    return TinyTraining.config(data).checkpointEvery(1).loaderThreads(1);
  }

  private static final LossFunction DICE = config(TinyTraining.data()).build().loss();

  /** The default loss, but for one time. */
  private static LossFunction once(Fuse fuse, UnaryOperator<NDArray> broken) {
    LossFunction loss =
        (logits, target) -> fuse.goesOff() ? broken.apply(logits) : DICE.evaluate(logits, target);
    return loss.named("my loss");
  }

  private static OptimizerSchedule once(Fuse fuse, double rate) {
    OptimizerSchedule usual = config(TinyTraining.data()).build().schedule();
    OptimizerSchedule schedule = progress -> fuse.goesOff() ? Rates.of(rate) : usual.at(progress);
    return schedule.named("my schedule");
  }

  /** The default augmentation, but for one time; prints its name. */
  private record Once(Augmentation usual, Fuse fuse, UnaryOperator<Sample> broken)
      implements Augmentation {
    @Override
    public Sample apply(Sample sample, RandomGenerator random) {
      Sample out = usual.apply(sample, random);
      return fuse.goesOff() ? broken.apply(out) : out;
    }

    @Override
    public Extent inputExtent(Extent output) {
      return usual.inputExtent(output);
    }

    @Override
    public String toString() {
      return "my augmentation";
    }
  }

  private static TrainerConfig.Builder augmented(
      TrainingData data, Fuse fuse, UnaryOperator<Sample> broken) {
    TrainerConfig defaults = config(data).build();
    return config(data)
        .sampler(defaults.sampler())
        .augmentation(new Once(defaults.augmentation(), fuse, broken));
  }

  private static Sample halved(Sample sample) {
    Box half = new Box(0, 0, 0, Extent.of(12, 8, 8));
    return new Sample(sample.image().crop(half), sample.labels().crop(half));
  }

  private static Sample relabelled(Sample sample) {
    short[] labels = sample.labels().toArray();
    labels[5] = 7;
    return new Sample(sample.image(), LabelMap.wrap(sample.labels().grid(), labels));
  }

  static Stream<Breaking> strategies() {
    return Stream.of(
        new Breaking(
            "loss that is no number",
            8,
            StrategyException.class,
            (data, fuse) -> config(data).loss(once(fuse, logits -> logits.logSoftmax(1))),
            List.of("epoch 1, iteration 1", "my loss", "one number", "(2, 3, 12, 16, 8)")),
        new Breaking(
            "loss that is NaN",
            8,
            TrainingException.class,
            (data, fuse) -> config(data).loss(once(fuse, logits -> logits.sum().sub(1e9f).log())),
            List.of("epoch 1, iteration 1", "my loss", "NaN", "2 patches 12x16x8", "ball_")),
        new Breaking(
            "loss of another type",
            8,
            StrategyException.class,
            (data, fuse) -> config(data).loss(once(fuse, logits -> logits.mean().mul(2.0))),
            List.of("epoch 1, iteration 1", "my loss", "type of the logits, float32", "float64")),
        new Breaking(
            "loss that returns nothing",
            8,
            StrategyException.class,
            (data, fuse) -> config(data).loss(once(fuse, logits -> null)),
            List.of("epoch 1, iteration 1", "my loss")),
        new Breaking(
            "negative rate",
            2,
            StrategyException.class,
            (data, fuse) -> config(data).schedule(once(fuse, -0.01)),
            List.of("epoch 1", "my schedule", "finite and not negative", "-0.01")),
        new Breaking(
            "infinite rate",
            2,
            StrategyException.class,
            (data, fuse) -> config(data).schedule(once(fuse, Double.POSITIVE_INFINITY)),
            List.of("epoch 1", "my schedule", "finite and not negative", "Infinity")),
        new Breaking(
            "augmentation that changes the shape",
            15,
            StrategyException.class,
            (data, fuse) -> augmented(data, fuse, BrokenPromisesTest::halved),
            List.of(
                "augmentation of case ball_",
                "epoch 1, iteration 3, sample 0",
                "my augmentation",
                "1 channels of 12x16x8",
                "1 channels of 12x8x8")),
        new Breaking(
            "augmentation that adds a label",
            15,
            StrategyException.class,
            (data, fuse) -> augmented(data, fuse, BrokenPromisesTest::relabelled),
            List.of(
                "augmentation of case ball_",
                "epoch 1, iteration 3, sample 0",
                "my augmentation",
                "also 7 in a sample 12x16x8")),
        new Breaking(
            "augmentation that returns nothing",
            15,
            StrategyException.class,
            (data, fuse) -> augmented(data, fuse, sample -> null),
            List.of("epoch 1, iteration 3, sample 0", "my augmentation", "no sample")));
  }

  @BeforeAll
  static void trainsWithoutFailure(@TempDir Path other) {
    TrainingData data = TinyTraining.data();
    undisturbed = Faults.run(data, config(data).build(), other);
  }

  @AfterEach
  void noThreadIsLeft() {
    Faults.requireNoThreads();
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void isNamedWithPlaceAndShapeAndTheTrainingResumes(Breaking breaking) {
    TrainingData data = TinyTraining.data();
    TrainerConfig config = breaking.build.apply(data, new Fuse(breaking.use)).build();
    assertThatThrownBy(() -> Faults.run(data, config, folder))
        .isExactlyInstanceOf(breaking.type)
        .hasMessageContainingAll(breaking.message.toArray(CharSequence[]::new));
    assertThat(Faults.requireIntact(folder).epoch()).isEqualTo(1);
    assertThat(Faults.run(data, config, folder)).isEqualTo(undisturbed);
  }

  private void neverStarts(
      UNet network, UnaryOperator<TrainerConfig.Builder> edit, String... says) {
    TrainingData data = TinyTraining.data(network);
    TrainerConfig config = edit.apply(config(data)).build();
    assertThatThrownBy(() -> Faults.run(data, config, folder))
        .isExactlyInstanceOf(StrategyException.class)
        .hasMessageContainingAll(says);
    assertThat(Checkpoint.newest(folder)).isEmpty();
  }

  @Test
  void groupsThatDoNotDivideTheChannelsAreNamed() {
    UNet network =
        TinyTraining.network().toBuilder().normalization(Normalizations.group(4)).build();
    neverStarts(
        network,
        t -> t,
        "start of the training",
        "Group[groups=4",
        "channels that are a multiple of 4",
        "6 channels");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void batchNormalizationOfOneSampleIsNamed() {
    UNet network = TinyTraining.network().toBuilder().normalization(Normalizations.batch()).build();
    String[] says = {
      "epoch 0, iteration 0", "batch normalization", "at least 2 samples", "(1, 4, 12, 16, 8)"
    };
    neverStarts(network, t -> t.batchSize(1), says);
    neverStarts(network, t -> t.batchSize(2).passes(2), says);
  }

  private static final Optimizer STEP =
      (weight, gradient, state, rates) -> {
        try (NDArray step = gradient.mul(1e-3)) {
          weight.subi(step);
        }
      };

  private void isStopped(Optimizer leaking, String... says) {
    TrainingData data = TinyTraining.data();
    TrainerConfig config =
        config(data).epochs(40).validationIterations(0).optimizer(leaking.named("my rule")).build();
    assertThatThrownBy(() -> Faults.run(data, config, folder))
        .isExactlyInstanceOf(StrategyException.class)
        .hasMessageContaining("my rule")
        .hasMessageContainingAll(says);
    assertThat(Faults.requireIntact(folder).epoch()).isPositive();
  }

  @Test
  void anOptimizerThatKeepsArraysIsNamedBeforeTheMemoryIsFull() {
    isStopped(
        (weight, gradient, state, rates) -> {
          NDScope.unregister(weight.mul(1));
          STEP.update(weight, gradient, state, rates);
        },
        "network plain U-Net",
        "as many arrays alive after every step as after the first",
        "more, most of them of shape (",
        "OptimizerState.slot");
  }

  @Test
  void anOptimizerThatAsksForSlotsWithoutEndIsNamed() {
    isStopped(
        (weight, gradient, state, rates) -> {
          state.slot("gradient_" + state.step()).addi(gradient);
          STEP.update(weight, gradient, state, rates);
        },
        "epoch 8, iteration 0",
        "at most 32 arrays per parameter",
        "gradient_33");
  }

  @Test
  void slotsThatComeLateAreNoLeak() {
    TrainingData data = TinyTraining.data();
    Optimizer late =
        (weight, gradient, state, rates) -> {
          if (state.step() > 4) {
            for (int i = 0; i < 20; i++) {
              state.slot("late_" + i).addi(gradient);
            }
          }
          STEP.update(weight, gradient, state, rates);
        };
    TrainerConfig config = config(data).optimizer(late.named("late")).build();
    Faults.run(data, config, folder);
    assertThat(Arrays.stream(folder.toFile().list())).contains("checkpoint_final.safetensors");
  }
}
