package io.github.nnunet4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nnunet4j.error.TrainingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EpochLogTest {
  @TempDir Path folder;

  private static EpochResult epoch(int epoch) {
    return new EpochResult(
        epoch,
        epoch == 1 ? Rates.of(0.01, 0.99) : Rates.of(0.1 / 3),
        new EpochResult.Loss(-1.0 / 7, Double.NaN),
        new EpochResult.Dice(List.of(2.0 / 3, Double.NaN), 2.0 / 3, 0.1 + 0.2),
        new EpochResult.Time(4, 1));
  }

  @Test
  void linesComeBackExactly() throws IOException {
    Path file = folder.resolve("training_log.jsonl");
    for (int e = 0; e < 3; e++) {
      EpochLog.append(file, epoch(e));
    }
    assertThat(EpochLog.read(file)).containsExactly(epoch(0), epoch(1), epoch(2));
    EpochLog.rewrite(file, List.of(epoch(0)));
    EpochLog.append(file, epoch(1));
    assertThat(EpochLog.read(file)).containsExactly(epoch(0), epoch(1));
    assertThat(Files.readAllLines(file)).hasSize(2);
    assertThat(epoch(0).time().waitShare()).isEqualTo(0.25);
    assertThat(new EpochResult.Time(0, 0).waitShare()).isZero();
  }

  @Test
  void aDamagedLineIsNamed() throws IOException {
    Path file = folder.resolve("log.jsonl");
    EpochLog.append(file, epoch(0));
    Files.writeString(file, Files.readString(file) + "{\"epoch\": \"one\"}\n");
    assertThatThrownBy(() -> EpochLog.read(file))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("line 2 $.epoch");
  }

  @Test
  void aListenerHearsOnlyWhatItAsksFor() {
    TrainingListener silent = new TrainingListener() {};
    silent.epochStarted(new Progress(0, 1), Rates.of(1));
    silent.iterationEnded(new Progress(0, 1), 0, 1);
    silent.epochEnded(epoch(0));
    silent.checkpointWritten(folder);
    assertThat(folder).isEmptyDirectory();
  }
}
