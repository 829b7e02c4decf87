package io.github.nnunet4j.train;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.error.TrainingException;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.internal.Parallel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of a training: run.json, training_log.jsonl, progress.png, checkpoints. */
final class RunFolder {
  private static final Logger LOG = LoggerFactory.getLogger(RunFolder.class);
  private static final long CHART_NANOS = 5_000_000_000L;

  private final Path folder;
  private long lastChart = System.nanoTime() - CHART_NANOS;

  RunFolder(Path folder) {
    this.folder = folder;
  }

  Path checkpoint(String kind) {
    return Checkpoint.path(folder, kind);
  }

  private interface Action {
    void run() throws IOException;
  }

  private static void file(Path file, Action action) {
    boolean interrupted = Thread.interrupted(); // an interrupt would close the file amid writing
    try {
      action.run();
    } catch (IOException e) {
      throw new TrainingException(
          new Problem(
              file.toString(),
              "a file that can be written",
              e.toString(),
              "Make room or give access, then resume; the last checkpoint is intact."),
          e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** What runs here, for people; a resumed training adds a line. */
  void describe(Map<String, String> settings, TrainerConfig config, long parameters) {
    Path file = folder.resolve("run.json");
    file(
        file,
        () -> {
          ObjectNode run =
              Files.exists(file) && Json.read(file) instanceof ObjectNode old ? old : Json.object();
          ObjectNode texts = run.putObject("settings");
          settings.forEach(texts::put);
          run.put("parameters", parameters);
          ArrayNode starts =
              run.get("started") instanceof ArrayNode old ? old : run.putArray("started");
          starts
              .addObject()
              .put("at", Instant.now().toString())
              .put("device", config.device().toString())
              .put("loader_threads", config.loaderThreads())
              .put("processors", Parallel.processors())
              .put("java", System.getProperty("java.version"))
              .put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
          Json.write(file, run);
        });
  }

  void log(EpochResult result) {
    Path file = folder.resolve("training_log.jsonl");
    file(file, () -> EpochLog.append(file, result));
  }

  /** Makes the log say what the checkpoint knows. */
  void rewriteLog(List<EpochResult> history) {
    Path file = folder.resolve("training_log.jsonl");
    file(file, () -> EpochLog.rewrite(file, history));
  }

  Path save(
      String kind,
      TrainingState state,
      TrainStep step,
      Map<String, String> settings,
      TrainerConfig config) {
    Path file = checkpoint(kind);
    file(file, () -> Checkpoint.write(file, state, step, settings, config.mirrorAxes()));
    return file;
  }

  void deleteLatest() {
    Path file = checkpoint("latest");
    file(file, () -> Files.deleteIfExists(file));
  }

  /** Draws the curves, not more often than every few seconds; a failure is only logged. */
  void draw(List<EpochResult> history, boolean now) {
    if (history.isEmpty() || (!now && System.nanoTime() - lastChart < CHART_NANOS)) {
      return;
    }
    lastChart = System.nanoTime();
    Path file = folder.resolve("progress.png");
    try {
      file(file, () -> ProgressChart.write(file, history));
    } catch (RuntimeException | LinkageError | InternalError e) {
      LOG.warn("{} could not be drawn; the training goes on", file, e);
    }
  }
}
