package io.github.nnunet4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.internal.Safetensors;
import io.github.nnunet4j.train.TinyRun.Saving;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills the process of a training and lets others go on; the end must be the same bit for bit. */
@Tag("engine")
@Timeout(300)
class KillAndResumeTest {
  @TempDir static Path undisturbed;
  @TempDir Path folder;

  @BeforeAll
  static void trainsWithoutBeingDisturbed() throws Exception {
    List<String> lines = run(undisturbed, Saving.EVERY_EPOCH, 1, "end"::equals);
    assertThat(lines).contains("iteration 3/7", "checkpoint_best.safetensors").endsWith("done");
  }

  @Test
  void comesToTheSameBitsWhenKilledBetweenCheckpointsOfEpochs() throws Exception {
    run(folder, Saving.EVERY_EPOCH, 1, "iteration 0/3"::equals);
    assertThat(Checkpoint.newest(folder)).isEmpty();
    List<String> second = run(folder, Saving.EVERY_EPOCH, 4, "iteration 1/5"::equals);
    assertThat(second).startsWith("iteration 0/0");
    List<String> third = run(folder, Saving.EVERY_EPOCH, 4, "epoch 2"::equals);
    assertThat(third).startsWith("iteration 1/0");
    assertThat(run(folder, Saving.EVERY_EPOCH, 1, "end"::equals)).endsWith("done");
    requireSameAsUndisturbed();
  }

  @Test
  void comesToTheSameBitsWhenKilledAmidEpochsAgainAndAgain() throws Exception {
    SplittableRandom random = new SplittableRandom(11);
    int kills = 0;
    String last = "";
    while (!last.equals("done")) {
      int lines = kills < 6 ? 3 + random.nextInt(14) : Integer.MAX_VALUE;
      int[] seen = {0};
      List<String> told =
          run(folder, Saving.EVERY_STEP, 1 + 3 * (kills % 2), line -> ++seen[0] >= lines);
      last = told.get(told.size() - 1);
      kills++;
    }
    assertThat(kills).isGreaterThan(4);
    requireSameAsUndisturbed();
  }

  @Test
  void comesToTheSameBitsWhenKilledWhileACheckpointIsWritten() throws Exception {
    for (int kill = 0; kill < 2; kill++) {
      Process process = start(folder, Saving.EVERY_STEP, 4);
      try {
        while (!process.inputReader().readLine().startsWith("checkpoint")) {
          assertThat(process.isAlive()).isTrue();
        }
        while (process.isAlive() && parts().isEmpty()) {
          Thread.onSpinWait();
        }
      } finally {
        end(process);
      }
    }
    assertThat(Checkpoint.newest(folder)).isPresent();
    assertThat(run(folder, Saving.EVERY_STEP, 1, "end"::equals)).endsWith("done");
    requireSameAsUndisturbed();
    assertThat(parts()).as("what the killed processes left half-written").isEmpty();
  }

  private List<Path> parts() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".part")).toList();
    }
  }

  private static Process start(Path folder, Saving saving, int threads) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-Djava.awt.headless=true"));
    command.addAll(List.of("-Dai.djl.offline=true", "-DOPT_OUT_TRACKING=true"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), TinyRun.class.getName()));
    command.addAll(List.of(folder.toString(), saving.name(), Integer.toString(threads)));
    File errors = folder.resolve("errors.txt").toFile();
    return new ProcessBuilder(command).redirectError(errors).start();
  }

  private static void end(Process process) throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }

  /** What a process said until it ended or was killed at once after a line. */
  private static List<String> run(
      Path folder, Saving saving, int threads, Predicate<String> killAfter) throws Exception {
    Process process = start(folder, saving, threads);
    List<String> lines = new ArrayList<>();
    try (BufferedReader out = process.inputReader()) {
      String line;
      while ((line = out.readLine()) != null) {
        lines.add(line);
        if (killAfter.test(line)) {
          break;
        }
      }
    } finally {
      if (!lines.contains("done")) {
        end(process);
      }
    }
    assertThat(lines).as(Files.readString(folder.resolve("errors.txt"))).isNotEmpty();
    return lines;
  }

  private void requireSameAsUndisturbed() throws IOException {
    for (String name : List.of("checkpoint_best.safetensors", "checkpoint_final.safetensors")) {
      Safetensors.Content expected = Safetensors.read(undisturbed.resolve(name));
      Safetensors.Content found = Safetensors.read(folder.resolve(name));
      assertThat(found.tensors()).as(name).hasSizeGreaterThan(30).isEqualTo(expected.tensors());
      assertThat(untimed(found.metadata().get("nnunet4j.training")))
          .as(name)
          .isEqualTo(untimed(expected.metadata().get("nnunet4j.training")));
    }
    assertThat(log(folder)).hasSize(4).isEqualTo(log(undisturbed));
    assertThat(folder)
        .isDirectoryContaining("glob:**/run.json")
        .isDirectoryContaining("glob:**/progress.png")
        .isDirectoryNotContaining("glob:**/checkpoint_latest.safetensors");
  }

  private static List<JsonNode> log(Path folder) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("training_log.jsonl"))) {
      lines.add(untimed(line));
    }
    return lines;
  }

  private static JsonNode untimed(String text) throws IOException {
    JsonNode node = Json.parse(text);
    node.findParents("seconds").forEach(KillAndResumeTest::forgetTimes);
    return node;
  }

  private static void forgetTimes(JsonNode node) {
    assertThat(node.path("seconds").doubleValue()).isNotNegative();
    ((ObjectNode) node).remove(List.of("seconds", "seconds_waiting"));
  }
}
