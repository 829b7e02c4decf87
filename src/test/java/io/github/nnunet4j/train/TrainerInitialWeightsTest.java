package io.github.nnunet4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nnunet4j.error.ModelException;
import io.github.nnunet4j.error.StrategyException;
import io.github.nnunet4j.error.TrainingException;
import io.github.nnunet4j.network.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Trainings that begin from the weights of another. */
@Tag("engine")
@Timeout(120)
class TrainerInitialWeightsTest {
  private final TrainingData data = TinyTraining.data();

  @TempDir Path folder;

  private TrainerConfig.Builder config() {
    return TinyTraining.config(data).epochs(2).iterations(2).validationIterations(1);
  }

  private Weights first(TrainerConfig config, String name) {
    try (Trainer trainer = Trainer.start(data, config, folder.resolve(name))) {
      return trainer.weights();
    }
  }

  @Test
  void beginsFromTheGivenWeightsWithFreshHeads() throws IOException {
    Weights given = first(config().seed(9).build(), "given");
    Weights drawn = first(config().build(), "drawn");
    TrainerConfig config = config().initialWeights(InitialWeights.of(given)).build();
    Weights start = first(config, "start");
    assertThat(start.names()).containsExactlyElementsOf(drawn.names());
    for (String name : start.names()) {
      Weights expected = name.contains(".seg_layers.") ? drawn : given;
      assertThat(start.values(name)).as(name).isEqualTo(expected.values(name));
    }
    assertThat(start).isNotEqualTo(drawn).isNotEqualTo(given);
    assertThat(config.toString()).contains(given.digest());
    assertThat(Files.readString(folder.resolve("start/run.json")))
        .contains("weights " + given.digest() + " without the heads");
  }

  @Test
  void goesOnFromTheWeightsOfACheckpoint() {
    Path source = folder.resolve("source");
    Weights trained = Faults.run(data, config().seed(9).build(), source);
    Weights read = InitialWeights.read(Checkpoint.newest(source).orElseThrow());
    Weights start = first(config().initialWeights(InitialWeights.of(read)).build(), "start");
    String stem = "encoder.stages.0.0.convs.0.conv.weight";
    assertThat(start.values(stem)).isEqualTo(trained.values(stem));
  }

  /** Counts how often it is asked; all of them print alike. */
  private record Counting(Weights given, AtomicInteger asked) implements InitialWeights {
    @Override
    public Weights replace(Weights drawn) {
      asked.incrementAndGet();
      return InitialWeights.of(given).replace(drawn);
    }

    @Override
    public String toString() {
      return "counted weights " + given.digest();
    }
  }

  @Test
  void aResumedTrainingIsGivenThemButDoesNotLoadThem() {
    Weights given = first(config().seed(9).build(), "given");
    Counting counting = new Counting(given, new AtomicInteger());
    TrainerConfig config = config().checkpointEvery(1).initialWeights(counting).build();
    Weights undisturbed = Faults.run(data, config, folder.resolve("undisturbed"));
    assertThat(counting.asked()).hasValue(1);

    Path run = folder.resolve("run");
    try (Trainer trainer = Trainer.start(data, config, run)) {
      trainer.runEpoch();
    }
    assertThat(counting.asked()).hasValue(2);
    assertThat(Faults.run(data, config, run)).isEqualTo(undisturbed);
    assertThat(counting.asked()).hasValue(2);

    TrainerConfig without = config().build();
    assertThatThrownBy(() -> Trainer.resume(data, without, run))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining(
            "initialWeights: expected counted weights " + given.digest() + ", found drawn");
  }

  @Test
  void saysWhatDoesNotFit() {
    Weights other = Weights.builder().put("decoder.transpconvs.0.weight", new float[2], 2).build();
    TrainerConfig config = config().initialWeights(InitialWeights.of(other)).build();
    assertThatThrownBy(() -> first(config, "run"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("tensor encoder.stages.0.0.convs.0.conv.weight: expected shape")
        .hasMessageContaining("decoder.transpconvs.0.weight");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void namesAnOwnStrategyThatFails() {
    InitialWeights failing =
        drawn -> {
          throw new IllegalStateException("no such archive");
        };
    assertThatThrownBy(() -> first(config().initialWeights(failing).build(), "a"))
        .isInstanceOf(StrategyException.class)
        .hasMessageContaining("initial weights")
        .hasMessageContaining("no such archive")
        .hasMessageContaining("nothing was trained");
    InitialWeights few = drawn -> Weights.builder().put("x", new float[1], 1).build();
    assertThatThrownBy(() -> first(config().initialWeights(few).build(), "b"))
        .isInstanceOf(StrategyException.class)
        .hasMessageContaining("initial weights")
        .hasMessageContaining("parameter x");
    InitialWeights infinite =
        drawn -> {
          Weights.Builder builder = Weights.builder();
          drawn.names().forEach(name -> builder.take(name, drawn, name));
          String bias = "encoder.stages.0.0.convs.0.conv.bias";
          return builder.put(bias, new float[] {0, 0, Float.NaN, 0}, 4).build();
        };
    assertThatThrownBy(() -> first(config().initialWeights(infinite).build(), "c"))
        .isInstanceOf(StrategyException.class)
        .hasMessageContaining("conv.bias: expected finite numbers, found NaN");
  }
}
