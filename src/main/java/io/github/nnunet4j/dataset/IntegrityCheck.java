package io.github.nnunet4j.dataset;

import io.github.nnunet4j.error.CancelledException;
import io.github.nnunet4j.error.NnUNetException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** nnU-Net v2's checks of a data set before planning, without stopping at the first problem. */
final class IntegrityCheck {
  private static final String ALIGN = "Image and labels must lie on one grid: correct the file.";

  private final Dataset dataset;
  private final Set<Integer> allowed;

  IntegrityCheck(Dataset dataset) {
    this.dataset = dataset;
    allowed = new TreeSet<>(dataset.labels().all());
    dataset.labels().ignore().ifPresent(allowed::add);
  }

  private static final class Findings {
    private final List<Problem> errors = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();
  }

  IntegrityReport run(int threads, CaseListener listener) {
    Findings all = new Findings();
    checkDescription(all);
    Findings[] perCase = new Findings[dataset.cases().size()];
    Arrays.setAll(perCase, i -> new Findings());
    Cases.forEach(
        dataset.cases(), threads, "verify", listener, (i, one) -> checkCase(one, perCase[i]));
    for (Findings findings : perCase) {
      all.errors.addAll(findings.errors);
      all.warnings.addAll(findings.warnings);
    }
    return new IntegrityReport(all.errors, all.warnings);
  }

  private void checkDescription(Findings all) {
    String where = "data set " + dataset.name();
    OptionalInt declared = dataset.description().declaredCases();
    int found = dataset.cases().size();
    if (declared.isEmpty()) {
      all.errors.add(
          new Problem(
              where,
              "the key numTraining in dataset.json",
              "none",
              "Write \"numTraining\": " + found + " into it: that many cases were found."));
    } else if (declared.getAsInt() != found) {
      all.errors.add(
          new Problem(
              where,
              declared.getAsInt() + " training cases, as numTraining says",
              found + " cases",
              "Add the missing cases or correct numTraining."));
    }
    int next = 0;
    for (int label : allowed) {
      if (label != next) {
        all.errors.add(
            new Problem(
                where,
                "labels 0, 1, 2, ... without gaps",
                "label " + label + " after " + (next - 1),
                "Renumber the labels in dataset.json and in the label files."));
      }
      next = label + 1;
    }
  }

  private void checkCase(Case one, Findings findings) {
    Optional<Volume> image = tryLoad(one, findings, one::image);
    image.ifPresent(volume -> checkImage(one, volume, findings));
    Optional<Optional<LabelMap>> loaded = tryLoad(one, findings, one::labels);
    if (loaded.isEmpty()) {
      return;
    }
    Optional<LabelMap> labels = loaded.get();
    if (labels.isEmpty()) {
      findings.errors.add(problem(one, "reference labels", "none", "Training cases need labels."));
      return;
    }
    checkLabels(one, labels.get(), findings);
    image.ifPresent(volume -> checkAlignment(one, volume.grid(), labels.get().grid(), findings));
  }

  private static <T> Optional<T> tryLoad(Case one, Findings findings, Cases.Source<T> source) {
    try {
      return Optional.of(Objects.requireNonNull(source.load(), "null for an image or its labels"));
    } catch (IOException e) {
      findings.errors.addAll(Cases.unreadable(one.id(), e).problems());
    } catch (NnUNetException e) {
      if (e instanceof CancelledException) {
        throw e;
      }
      e.problems().forEach(p -> findings.errors.add(naming(one, p)));
    } catch (RuntimeException e) {
      findings.errors.add(
          problem(
              one,
              "a case that can be loaded",
              e.toString(),
              "This is a failure of what supplies the case: correct it."));
    }
    return Optional.empty();
  }

  private static Problem naming(Case one, Problem problem) {
    String prefix = "case " + one.id();
    return problem.where().startsWith(prefix) ? problem : problem.within(prefix);
  }

  private void checkImage(Case one, Volume image, Findings findings) {
    int channels = dataset.channels().size();
    if (image.channels() != channels) {
      findings.errors.add(
          problem(
              one,
              channels + " channels",
              image.channels() + " channels",
              "Supply the channels that dataset.json names."));
    }
    for (int c = 0; c < image.channels(); c++) {
      image.notFinite(c).ifPresent(p -> findings.errors.add(naming(one, p)));
    }
  }

  private void checkLabels(Case one, LabelMap labels, Findings findings) {
    int[] found = labels.distinct();
    dataset.labels().undeclared(labels).ifPresent(p -> findings.errors.add(naming(one, p)));
    if (found.length == 1 && found[0] == 0) {
      findings.warnings.add(
          problem(one, "some foreground", "background only", "Check that this is what you mean."));
    }
  }

  private static void checkAlignment(Case one, Grid image, Grid labels, Findings findings) {
    if (!image.extent().equals(labels.extent())) {
      findings.errors.add(
          problem(
              one,
              "labels of the image's extent " + image.extent() + " (z, y, x)",
              labels.extent().toString(),
              ALIGN));
    }
    if (!Geometry.sameSpacing(image, labels)) {
      findings.errors.add(
          problem(
              one,
              "labels of the image's spacing " + image.spacing() + " mm (z, y, x)",
              labels.spacing().toString(),
              ALIGN));
    }
    if (!Geometry.sameOrigin(image, labels)) {
      findings.warnings.add(
          problem(
              one,
              "labels at the image's origin " + Arrays.toString(image.origin()),
              Arrays.toString(labels.origin()),
              "Look at both: if they overlap, correct the header, else the voxels."));
    }
    if (!Geometry.sameDirection(image, labels)) {
      findings.warnings.add(
          problem(
              one,
              "labels along the image's direction " + Arrays.toString(image.direction()),
              Arrays.toString(labels.direction()),
              "Look at both: if they overlap, correct the header, else the voxels."));
    }
  }

  private static Problem problem(Case one, String expected, String found, String next) {
    return new Problem("case " + one.id(), expected, found, next);
  }
}
