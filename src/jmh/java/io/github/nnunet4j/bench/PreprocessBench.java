package io.github.nnunet4j.bench;

import io.github.nnunet4j.dataset.Case;
import io.github.nnunet4j.dataset.CaseListener;
import io.github.nnunet4j.dataset.Cases;
import io.github.nnunet4j.dataset.Dataset;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.image.ImageFormats;
import io.github.nnunet4j.plan.PlanCodec;
import io.github.nnunet4j.preprocess.PreparedStore;
import io.github.nnunet4j.preprocess.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The peer task {@code preprocess}, files to files, seconds per case. Arguments: threads, runs,
 * plans file, and either a raw folder or the image and label file of one case with the labels'
 * names.
 */
final class PreprocessBench {
  private PreprocessBench() {}

  public static void main(String[] args) throws IOException {
    int threads = Integer.parseInt(args[0]);
    int runs = Integer.parseInt(args[1]);
    Recipe recipe =
        PlanCodec.standard().read(Path.of(args[2])).configuration("3d_fullres").recipe();
    Dataset dataset = args.length == 4 ? Dataset.open(Path.of(args[3])) : one(args);
    List<Case> cases = dataset.cases();
    Path folder = Files.createTempDirectory("preprocess");
    Measured.report(
        dataset.name(),
        threads,
        runs,
        cases.size(),
        () -> {
          empty(folder);
          PreparedStore.in(folder)
              .prepare(cases, recipe, dataset.labels(), threads, CaseListener.silent());
        });
    empty(folder);
    Files.delete(folder);
  }

  private static Dataset one(String[] args) {
    String[] names = List.of(args).subList(5, args.length).toArray(String[]::new);
    return Dataset.builder("one")
        .channels("CT")
        .labels(Labels.of(names))
        .add(
            Cases.lazy(
                "one",
                () -> ImageFormats.nifti().read(Path.of(args[3])),
                () -> ImageFormats.nifti().readLabels(Path.of(args[4]))))
        .build();
  }

  private static void empty(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!file.equals(folder)) {
          Files.delete(file);
        }
      }
    }
  }
}
