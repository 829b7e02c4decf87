package io.github.nnunet4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.nnunet4j.error.ModelException;
import io.github.nnunet4j.error.TrainingException;
import io.github.nnunet4j.internal.Safetensors;
import io.github.nnunet4j.network.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Full disks, unusable folders, damaged files, other settings. */
@Tag("engine")
@Timeout(120)
class TrainerStorageTest {
  private static Weights undisturbed;

  @TempDir Path folder;

  private static TrainerConfig.Builder config(TrainingData data) {
    return TinyTraining.config(data).checkpointEvery(1);
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

  private interface Step {
    void run() throws IOException;
  }

  /** Does something to the folder before the second epoch. */
  private static TrainingListener beforeSecondEpoch(Step step) {
    return new TrainingListener() {
      @Override
      public void epochStarted(Progress progress, Rates rates) {
        if (progress.epoch() == 1) {
          assertThatCode(step::run).doesNotThrowAnyException();
        }
      }
    };
  }

  @Test
  void keepsTheLastCheckpointWhenTheDiskIsFullForTheNext() throws Exception {
    assumeThat(mount("-t", "tmpfs", "-o", "size=2m", "tmpfs", folder.toString()))
        .as("the user may mount a small file system")
        .isZero();
    try {
      TrainingData data = TinyTraining.data();
      Path filler = folder.resolve("filler");
      TrainerConfig filled =
          config(data).listener(beforeSecondEpoch(() -> fillBut(8 << 10, filler))).build();
      assertThatThrownBy(() -> Faults.run(data, filled, folder))
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining("checkpoint_")
          .hasMessageContaining("No space left on device")
          .hasMessageContaining("Make room or give access, then resume");
      assertThat(Faults.requireIntact(folder).epoch()).isEqualTo(1);
      Files.delete(filler);
      assertThat(Faults.run(data, config(data).build(), folder)).isEqualTo(undisturbed);
    } finally {
      assertThat(process("umount", folder.toString())).isZero();
    }
  }

  private static void fillBut(int bytes, Path file) throws IOException {
    long free = Files.getFileStore(file.getParent()).getUsableSpace();
    Files.write(file, new byte[Math.toIntExact(free - bytes)]);
  }

  private static int mount(String... arguments) throws IOException, InterruptedException {
    String[] command = new String[arguments.length + 1];
    command[0] = "mount";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    return process(command);
  }

  private static int process(String... command) throws IOException, InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(20, TimeUnit.SECONDS) ? process.exitValue() : -1;
    } catch (IOException e) {
      return -1; // no such command
    }
  }

  @Test
  void saysThatTheLogCannotBeWrittenAndResumes() {
    Path full = Path.of("/dev/full");
    assumeThat(Files.isWritable(full)).as("the system has /dev/full").isTrue();
    Path log = folder.resolve("training_log.jsonl");
    TrainingData data = TinyTraining.data();
    TrainerConfig config =
        config(data)
            .listener(
                beforeSecondEpoch(
                    () -> {
                      Files.delete(log);
                      Files.createSymbolicLink(log, full);
                    }))
            .build();
    assertThatThrownBy(() -> Faults.run(data, config, folder))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("training_log.jsonl: expected a file that can be written")
        .hasMessageContaining("No space left on device");
    assertThat(Faults.requireIntact(folder).epoch()).isEqualTo(1);
    assertThat(Faults.run(data, config(data).build(), folder)).isEqualTo(undisturbed);
    assertThatCode(() -> assertThat(EpochLog.read(log)).hasSize(3)).doesNotThrowAnyException();
  }

  @Test
  void refusesAFolderThatCannotBeMade() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "not a folder");
    TrainingData data = TinyTraining.data();
    TrainerConfig config = config(data).build();
    assertThatThrownBy(() -> Trainer.start(data, config, file.resolve("run")))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("expected a file that can be written")
        .hasMessageContaining("Make room or give access");
  }

  @Test
  void goesOnWithoutTheChartWhenOnlyThatCannotBeDrawn() throws IOException {
    Files.createDirectories(folder.resolve("progress.png").resolve("occupied"));
    TrainingData data = TinyTraining.data();
    assertThat(Faults.run(data, config(data).build(), folder)).isEqualTo(undisturbed);
  }

  private void trainTwoEpochs(TrainingData data) {
    try (Trainer trainer = Trainer.start(data, config(data).build(), folder)) {
      trainer.runEpoch();
      trainer.runEpoch();
    }
  }

  @Test
  void namesEverySettingThatDiffersOnResume() {
    TrainingData data = TinyTraining.data();
    trainTwoEpochs(data);
    TrainerConfig other = config(data).epochs(4).optimizer(Optimizers.adamW(0.01)).build();
    assertThatThrownBy(() -> Trainer.resume(data, other, folder))
        .isInstanceOfSatisfying(TrainingException.class, e -> assertThat(e.problems()).hasSize(2))
        .hasMessageContaining("checkpoint_latest.safetensors, epochs: expected 3, found 4")
        .hasMessageContaining("optimizer: expected sgd(momentum 0.99, nesterov")
        .hasMessageContaining("found adamW(")
        .hasMessageContaining("Resume with what the training was started with");
    TrainingData fewer = Faults.with(data, data.training().get(0), data.training().get(2));
    assertThatThrownBy(() -> Trainer.resume(fewer, config(data).build(), folder))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining(
            "training cases: expected [ball_1, ball_2, ball_3], found [ball_1, ball_3]");
    TrainerConfig unimportant =
        config(data).loaderThreads(3).checkpointEvery(7).listener(new Silent()).build();
    assertThat(Faults.run(data, unimportant, folder)).isEqualTo(undisturbed);
  }

  private record Silent() implements TrainingListener {}

  @Test
  void namesADamagedCheckpointAndResumesFromAnother() throws IOException {
    TrainingData data = TinyTraining.data();
    TrainerConfig config = config(data).build();
    trainTwoEpochs(data);
    Path latest = Checkpoint.path(folder, "latest");
    byte[] whole = Files.readAllBytes(latest);
    List<byte[]> damages =
        List.of(
            Arrays.copyOf(whole, whole.length - 100),
            Arrays.copyOf(whole, 300),
            new byte[0],
            "{\"not\": \"safetensors\"}".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    for (byte[] damaged : damages) {
      Files.write(latest, damaged);
      assertThatThrownBy(() -> Trainer.resume(data, config, folder))
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining(latest + ": expected a checkpoint of a training")
          .hasMessageContaining("Move the file away to go on from another checkpoint");
    }
    Files.delete(latest);
    assertThat(Checkpoint.newest(folder)).contains(Checkpoint.path(folder, "best"));
    assertThat(Faults.run(data, config, folder)).isEqualTo(undisturbed);
  }

  @Test
  void namesWhatIsMissingInAManifest() throws IOException {
    Path file = Checkpoint.path(folder, "latest");
    Map<String, Safetensors.Tensor> none = Map.of();
    Safetensors.write(file, none, Map.of());
    assertThatThrownBy(() -> Checkpoint.read(file))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("no nnunet4j.training in the header");
    Safetensors.write(file, none, Map.of("nnunet4j.training", "{\"state\": {\"epoch\": true}}"));
    assertThatThrownBy(() -> Checkpoint.newest(folder))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("nnunet4j.training")
        .hasMessageContaining("epoch");
    Safetensors.write(file, none, Map.of("nnunet4j.training", "{"));
    assertThatThrownBy(() -> Checkpoint.newest(folder))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("expected a checkpoint of a training");
  }

  @Test
  void refusesACheckpointOfAnotherNetwork() throws IOException {
    TrainingData data = TinyTraining.data();
    TrainerConfig config = config(data).build();
    trainTwoEpochs(data);
    Path latest = Checkpoint.path(folder, "latest");
    Safetensors.Content content = Safetensors.read(latest);
    Map<String, Safetensors.Tensor> tensors = new java.util.LinkedHashMap<>(content.tensors());
    Safetensors.Tensor moved =
        tensors.remove("optimizer/encoder.stages.0.0.convs.0.conv.weight/momentum");
    tensors.put("optimizer/encoder.other/momentum", moved);
    Safetensors.write(latest, tensors, content.metadata());
    assertThatThrownBy(() -> Trainer.resume(data, config, folder))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("expected a parameter of the network, found encoder.other");
    tensors.remove("optimizer/encoder.other/momentum");
    tensors.remove("encoder.stages.0.0.convs.0.conv.weight");
    Safetensors.write(latest, tensors, content.metadata());
    assertThatThrownBy(() -> Trainer.resume(data, config, folder))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("encoder.stages.0.0.convs.0.conv.weight");
  }
}
