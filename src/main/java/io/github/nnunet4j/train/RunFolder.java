package io.github.nnunet4j.train;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.error.TrainingException;
import io.github.nnunet4j.internal.AtomicFiles;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.internal.Parallel;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of a training: run.json, training_log.jsonl, progress.png, checkpoints. */
final class RunFolder {
  private static final Logger LOG = LoggerFactory.getLogger(RunFolder.class);
  private static final long CHART_NANOS = 5_000_000_000L;
  private static final String RUN = "run.json";
  private static final String TRAINING_LOG = "training_log.jsonl";
  private static final String CHART = "progress.png";

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
    file(file, action, action);
  }

  /**
   * Writes a file whether or not the thread is interrupted; it stays interrupted.
   *
   * @param again what to do if an interrupt has closed the file amid writing
   */
  private static void file(Path file, Action action, Action again) {
    boolean interrupted = Thread.interrupted();
    try {
      @Nullable Action next = action;
      while (next != null) {
        try {
          next.run();
          next = null;
        } catch (IOException e) {
          if (!isInterrupt(e)) {
            throw e;
          }
          interrupted |= Thread.interrupted();
          next = again;
        }
      }
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

  private static boolean isInterrupt(Throwable e) {
    for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ClosedByInterruptException) {
        return true;
      }
    }
    return false;
  }

  /** Deletes what a process that was killed has left half-written. */
  void sweep() {
    List<Path> files = new ArrayList<>();
    List.of(RUN, TRAINING_LOG, CHART).forEach(name -> files.add(folder.resolve(name)));
    List.of("latest", "best", "final").forEach(kind -> files.add(checkpoint(kind)));
    files.forEach(file -> file(file, () -> AtomicFiles.sweep(file)));
  }

  /** What runs here, for people; a resumed training adds a line. */
  void describe(Map<String, String> settings, TrainerConfig config, long parameters) {
    Path file = folder.resolve(RUN);
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

  /** Appends the last epoch. */
  void log(List<EpochResult> history) {
    Path file = folder.resolve(TRAINING_LOG);
    file(
        file,
        () -> EpochLog.append(file, history.get(history.size() - 1)),
        () -> EpochLog.rewrite(file, history)); // it may hold the line or a part of it
  }

  /** Makes the log say what the checkpoint knows. */
  void rewriteLog(List<EpochResult> history) {
    Path file = folder.resolve(TRAINING_LOG);
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
    Path file = folder.resolve(CHART);
    try {
      file(file, () -> ProgressChart.write(file, history));
    } catch (RuntimeException | LinkageError | InternalError e) {
      LOG.warn("{} could not be drawn; the training goes on: {}", file, e.toString());
    }
  }
}
