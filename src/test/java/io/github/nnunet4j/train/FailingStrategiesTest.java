package io.github.nnunet4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nnunet4j.augment.Augmentation;
import io.github.nnunet4j.augment.Sample;
import io.github.nnunet4j.error.StrategyException;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.loss.LossFunction;
import io.github.nnunet4j.network.Nonlinearities;
import io.github.nnunet4j.network.Nonlinearity;
import io.github.nnunet4j.network.Weights;
import io.github.nnunet4j.train.Faults.Fuse;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
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

/** Every strategy fails once amid the second epoch; the training then goes on to the same end. */
@Tag("engine")
@Timeout(120)
class FailingStrategiesTest {
  private static Weights undisturbed;

  @TempDir Path folder;

  /**
   * A strategy that fails.
   *
   * @param name for the report
   * @param use which one fails
   * @param build a builder whose strategy burns the fuse
   * @param message what the exception says, apart from the fuse
   */
  record Failing(
      String name,
      int use,
      BiFunction<TrainingData, Fuse, TrainerConfig.Builder> build,
      List<String> message) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final class FusedAugmentation implements Augmentation {
    private final Augmentation inner;
    private final Fuse fuse;

    FusedAugmentation(Augmentation inner, Fuse fuse) {
      this.inner = inner;
      this.fuse = fuse;
    }

    @Override
    public Sample apply(Sample sample, RandomGenerator random) {
      fuse.use();
      return inner.apply(sample, random);
    }

    @Override
    public Extent inputExtent(Extent output) {
      return inner.inputExtent(output);
    }
  }

  private static TrainerConfig.Builder config(TrainingData data) {
    return TinyTraining.config(data).checkpointEvery(1).loaderThreads(1);
  }

  static Stream<Failing> strategies() {
    TrainingData data = TinyTraining.data();
    TrainerConfig defaults = config(data).build();
    return Stream.of(
        new Failing(
            "loss",
            8,
            (d, fuse) -> config(d).loss(fused(defaults.loss(), fuse)),
            List.of("epoch 1, iteration 1", "loss ")),
        new Failing(
            "loss in validation",
            11,
            (d, fuse) -> config(d).loss(fused(defaults.loss(), fuse)),
            List.of("epoch 1, validation iteration 0", "loss ")),
        new Failing(
            "augmentation",
            15,
            (d, fuse) ->
                config(d)
                    .sampler(defaults.sampler())
                    .augmentation(new FusedAugmentation(defaults.augmentation(), fuse)),
            List.of("augmentation of case ball_", "epoch 1, iteration 3, sample 0")),
        new Failing(
            "sampler",
            16,
            (d, fuse) ->
                config(d)
                    .sampler(
                        (cases, slot, random) -> {
                          fuse.use();
                          return defaults.sampler().choose(cases, slot, random);
                        }),
            List.of("patch sampler", "epoch 1, iteration 3, sample 1")),
        new Failing(
            "validation sampler",
            7,
            (d, fuse) ->
                config(d)
                    .validationSampler(
                        (cases, slot, random) -> {
                          fuse.use();
                          return defaults.validationSampler().choose(cases, slot, random);
                        }),
            List.of("patch sampler", "epoch 1, iteration 1, sample 0")),
        new Failing(
            "schedule",
            2,
            (d, fuse) ->
                config(d)
                    .schedule(
                        progress -> {
                          fuse.use();
                          return defaults.schedule().at(progress);
                        }),
            List.of("epoch 1, schedule ")),
        new Failing(
            "optimizer",
            5 * parameters(data) - 2,
            (d, fuse) ->
                config(d)
                    .optimizer(
                        (weight, gradient, state, rates) -> {
                          fuse.use();
                          defaults.optimizer().update(weight, gradient, state, rates);
                        }),
            List.of("epoch 1, iteration 0, optimizer, parameter decoder.")));
  }

  private static int parameters(TrainingData data) {
    return TinyTraining.network().build(1, data.labels().heads(), true).getParameters().size() - 2;
  }

  private static LossFunction fused(LossFunction inner, Fuse fuse) {
    return (logits, target) -> {
      fuse.use();
      return inner.evaluate(logits, target);
    };
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
  void isNamedAndTheTrainingResumes(Failing failing) {
    TrainingData data = TinyTraining.data();
    TrainerConfig config = failing.build.apply(data, new Fuse(failing.use)).build();
    assertThatThrownBy(() -> Faults.run(data, config, folder))
        .isInstanceOf(StrategyException.class)
        .hasMessageContaining("a blown fuse")
        .hasMessageContainingAll(failing.message.toArray(CharSequence[]::new))
        .hasRootCauseInstanceOf(IllegalStateException.class);
    assertThat(Faults.requireIntact(folder).epoch()).isEqualTo(1);
    assertThat(Faults.run(data, config, folder)).isEqualTo(undisturbed);
  }

  @Test
  void isNamedWhenPartOfTheNetworkAndTheTrainingResumes() {
    Fuse fuse = new Fuse(5 * (4 + 2) + 1);
    Nonlinearity fused =
        x -> {
          fuse.use();
          return Nonlinearities.leakyRelu().apply(x);
        };
    TrainingData data =
        TinyTraining.data(TinyTraining.network().toBuilder().nonlinearity(fused).build());
    TrainerConfig config = config(data).build();
    assertThatThrownBy(() -> Faults.run(data, config, folder))
        .isInstanceOf(StrategyException.class)
        .hasMessageContainingAll("a blown fuse", "epoch 1, iteration 0, network");
    assertThat(Faults.requireIntact(folder).epoch()).isEqualTo(1);
    assertThat(Faults.run(data, config, folder)).isEqualTo(undisturbed);
  }

  static Stream<Failing> listeners() {
    return Stream.of(
        listener("epochStarted", 2),
        listener("iterationEnded", 6),
        listener("epochEnded", 2),
        listener("checkpointWritten", 4));
  }

  private static Failing listener(String callback, int use) {
    return new Failing(
        callback,
        use,
        (data, fuse) -> config(data).listener(new FusedListener(callback, fuse)),
        List.of("listener fused listener", callback));
  }

  private record FusedListener(String callback, Fuse fuse) implements TrainingListener {
    private void use(String name) {
      if (name.equals(callback)) {
        fuse.use();
      }
    }

    @Override
    public void epochStarted(Progress progress, Rates rates) {
      use("epochStarted");
    }

    @Override
    public void iterationEnded(Progress progress, int iteration, double loss) {
      use("iterationEnded");
    }

    @Override
    public void epochEnded(EpochResult result) {
      use("epochEnded");
    }

    @Override
    public void checkpointWritten(Path file) {
      use("checkpointWritten");
    }

    @Override
    public String toString() {
      return "fused listener";
    }
  }

  @ParameterizedTest
  @MethodSource("listeners")
  void isNamedAsAListenerAndTheTrainingResumes(Failing failing) {
    TrainingData data = TinyTraining.data();
    TrainerConfig config = failing.build.apply(data, new Fuse(failing.use)).build();
    try (Trainer trainer = Trainer.start(data, config, folder)) {
      assertThatThrownBy(trainer::run)
          .isInstanceOf(StrategyException.class)
          .hasMessageContaining("a blown fuse")
          .hasMessageContainingAll(failing.message.toArray(CharSequence[]::new));
      assertThatThrownBy(trainer::run).hasMessageContaining("the training has failed");
    }
    assertThat(Faults.requireIntact(folder).epoch()).isPositive();
    assertThat(Faults.run(data, config, folder)).isEqualTo(undisturbed);
  }
}
