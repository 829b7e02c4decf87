package io.github.nnunet4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nnunet4j.error.TrainingException;
import io.github.nnunet4j.network.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("engine")
@Timeout(600)
class TrainerTest {
  @TempDir Path folder;

  @Test
  void learnsTwoBallsAndLeavesTheFilesOfATraining() throws IOException {
    TrainingData data = TinyTraining.data();
    List<String> heard = new ArrayList<>();
    TrainerConfig config =
        TinyTraining.config(data)
            .epochs(5)
            .iterations(15)
            .optimizer(Optimizers.adamW(0))
            .schedule(OptimizerSchedules.constant(0.02))
            .checkpointEvery(2)
            .listener(new Recorder(heard))
            .build();
    Weights weights;
    try (Trainer trainer = Trainer.start(data, config, folder)) {
      List<EpochResult> epochs = trainer.run();
      assertThat(epochs).hasSize(5);
      assertThat(epochs.get(4).loss().training()).isLessThan(epochs.get(0).loss().training());
      assertThat(epochs.get(4).dice().mean()).isGreaterThan(0.6);
      assertThat(trainer.isFinished()).isTrue();
      assertThatThrownBy(trainer::runEpoch).hasMessageContaining("all 5 epochs are done");
      weights = trainer.weights();
      assertThat(EpochLog.read(folder.resolve("training_log.jsonl"))).isEqualTo(epochs);
    }
    assertThat(folder)
        .isDirectoryContaining("glob:**/run.json")
        .isDirectoryContaining("glob:**/progress.png")
        .isDirectoryContaining("glob:**/checkpoint_best.safetensors")
        .isDirectoryNotContaining("glob:**/checkpoint_latest.safetensors");
    Path newest = Checkpoint.newest(folder).orElseThrow();
    assertThat(newest).hasFileName("checkpoint_final.safetensors");
    assertThat(Checkpoint.read(newest).weights()).isEqualTo(weights);
    assertThat(heard).startsWith("epoch 0 of 5", "0/0").contains("checkpoint_latest.safetensors");
    assertThat(heard.get(heard.size() - 1)).isEqualTo("result 4");
    assertThatThrownBy(() -> Trainer.start(data, config, folder))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("checkpoint_final.safetensors");
  }

  private record Recorder(List<String> heard) implements TrainingListener {
    @Override
    public void epochStarted(Progress progress, Rates rates) {
      heard.add("epoch " + progress.epoch() + " of " + progress.epochs());
    }

    @Override
    public void iterationEnded(Progress progress, int iteration, double loss) {
      heard.add(progress.epoch() + "/" + iteration);
    }

    @Override
    public void epochEnded(EpochResult result) {
      heard.add("result " + result.epoch());
    }

    @Override
    public void checkpointWritten(Path file) {
      heard.add(file.getFileName().toString());
    }
  }
}
