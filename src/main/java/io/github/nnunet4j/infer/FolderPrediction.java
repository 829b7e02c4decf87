package io.github.nnunet4j.infer;

import io.github.nnunet4j.dataset.Case;
import io.github.nnunet4j.error.CancelledException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.error.StrategyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Many cases from wherever they come into one folder of label maps, and probabilities if wanted.
 */
final class FolderPrediction {
  static final String PROBABILITIES = ".npz";

  private final Predictor predictor;
  private final Path folder;
  private final PredictionJob job;
  private final StageLinks links;
  private int done;
  private int total;

  FolderPrediction(Predictor predictor, Path folder, PredictionJob job, StageLinks links) {
    this.predictor = predictor;
    this.folder = folder;
    this.job = job;
    this.links = links;
  }

  List<Path> run(List<? extends Case> cases) {
    Map<String, Path> files = files(cases);
    total = cases.size();
    List<Case> open = new ArrayList<>();
    for (Case one : cases) {
      if (job.skipExisting() && isDone(one, file(files, one))) {
        tell(one);
      } else {
        open.add(one);
      }
    }
    new CasePipeline<Predictor.Pending, Logits>(
            (one, none) -> pending(one),
            (one, image) -> given(image).logits(job.cancelled()),
            (one, logits) -> {
              write(one, given(logits), file(files, one));
              return null;
            },
            job.cancelled())
        .run(open);
    return List.copyOf(files.values());
  }

  private Predictor.Pending pending(Case one) throws IOException {
    return links.previous().isPresent()
        ? predictor.pending(one.id(), one.image(), links.previous().get().of(one))
        : predictor.pending(one.id(), one.image());
  }

  private boolean isDone(Case one, Path file) {
    return Files.exists(file) && (!job.probabilities() || Files.exists(probabilities(one)));
  }

  private Path probabilities(Case one) {
    return folder.resolve(one.id() + PROBABILITIES);
  }

  private void write(Case one, Logits logits, Path file) throws IOException {
    Files.createDirectories(folder);
    if (links.logits().isPresent()) {
      links.logits().get().predicted(one, logits);
    }
    if (job.probabilities()) {
      predictor.writeProbabilities(logits, probabilities(one));
    }
    job.format().write(predictor.labels(logits), file);
    tell(one);
  }

  private void tell(Case one) {
    done++;
    try {
      job.listener().finished(one.id(), done, total);
    } catch (CancelledException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new StrategyException(
          new Problem(
              "listener of the prediction",
              "a listener that does not throw",
              e.toString(),
              "What was written so far is complete; mend the listener and skip existing files."),
          e);
    }
  }

  private Map<String, Path> files(List<? extends Case> cases) {
    Map<String, Path> files = new LinkedHashMap<>();
    for (Case one : cases) {
      String id = one.id();
      if (!id.matches("[^./\\\\\\p{Cntrl}][^/\\\\\\p{Cntrl}]*")) {
        throw Predictor.failure(
            "case " + id,
            "an id that can be a file name",
            "\"" + id + "\"",
            "Rename the case: its label map is named after it.");
      }
      Path file = folder.resolve(id + job.fileEnding());
      if (!job.format().accepts(file)) {
        throw Predictor.failure(
            "format " + job.format(),
            "a format for " + file.getFileName(),
            "one that does not accept this file",
            "Choose the format and the file ending together.");
      }
      if (files.put(id, file) != null) {
        throw Predictor.failure(
            "case " + id, "different ids", "this id twice", "Rename one of the two cases.");
      }
    }
    return files;
  }

  private static Path file(Map<String, Path> files, Case one) {
    return given(files.get(one.id()));
  }

  private static <T> T given(@org.jspecify.annotations.Nullable T value) {
    return Objects.requireNonNull(value);
  }
}
