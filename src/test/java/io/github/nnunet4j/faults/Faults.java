package io.github.nnunet4j.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.nnunet4j.Experiment;
import io.github.nnunet4j.NnUNet;
import io.github.nnunet4j.Phantoms;
import io.github.nnunet4j.dataset.Dataset;
import io.github.nnunet4j.error.NnUNetException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.fingerprint.Fingerprint;
import io.github.nnunet4j.fingerprint.IntensityStatistics;
import io.github.nnunet4j.plan.Plan;
import io.github.nnunet4j.plan.Planners;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What tests of faults have in common. */
final class Faults {
  private Faults() {}

  /** The one problem of a typed refusal. */
  static Problem refused(Class<? extends NnUNetException> type, ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    assertThat(thrown).isExactlyInstanceOf(type);
    List<Problem> problems = ((NnUNetException) thrown).problems();
    assertThat(problems).hasSize(1);
    return problems.get(0);
  }

  /** All four parts of a problem, each by what it has to contain. */
  static void says(Problem problem, String where, String expected, String found, String next) {
    assertThat(problem.where()).as("where").contains(where);
    assertThat(problem.expected()).as("expected").contains(expected);
    assertThat(problem.found()).as("found").contains(found);
    assertThat(problem.next()).as("next").contains(next);
  }

  /** The experiment on a data set whose fingerprint is known: taking it is not what is tested. */
  static Experiment experiment(Dataset dataset) {
    IntensityStatistics intensities =
        IntensityStatistics.builder()
            .mean(120)
            .median(120)
            .standardDeviation(40)
            .minimum(1)
            .maximum(255)
            .percentile00_5(10)
            .percentile99_5(240)
            .build();
    int cases = dataset.cases().size();
    Fingerprint fingerprint =
        new Fingerprint(
            Collections.nCopies(cases, RawFolder.GRID.extent()),
            Collections.nCopies(cases, RawFolder.GRID.spacing()),
            Collections.nCopies(dataset.channels().size(), intensities),
            1);
    Plan plan = Planners.standard().plan(fingerprint, dataset);
    return NnUNet.experiment(dataset, fingerprint, Phantoms.tiny(plan));
  }

  /** No thread of the library is alive. */
  static void requireNoThreads() {
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("nnunet4j"));
  }

  /** The names of all files below a folder; none of them is half-written. */
  static List<String> wholeFiles(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      List<String> files =
          all.filter(Files::isRegularFile).map(f -> f.getFileName().toString()).sorted().toList();
      assertThat(files).noneMatch(name -> name.endsWith(".part"));
      return files;
    }
  }

  /** A file system of one or more MiB in a folder, which the test fills. */
  static final class SmallDisk implements AutoCloseable {
    private final Path folder;

    SmallDisk(Path folder, int mebibytes) throws IOException {
      Files.createDirectories(folder);
      this.folder = folder;
      int mounted =
          run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", folder.toString());
      assumeThat(mounted).as("this user may mount a small file system").isZero();
    }

    /** Leaves so many bytes free. */
    void fillBut(int bytes) throws IOException {
      long free = Files.getFileStore(folder).getUsableSpace();
      Files.write(folder.resolve("filler"), new byte[Math.toIntExact(free - bytes)]);
    }

    void empty() throws IOException {
      Files.delete(folder.resolve("filler"));
    }

    private static int run(String... command) {
      try {
        Process process =
            new ProcessBuilder(Arrays.asList(command))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(20, TimeUnit.SECONDS) ? process.exitValue() : -1;
      } catch (IOException e) {
        return -1; // no such command
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return -1;
      }
    }

    @Override
    public void close() {
      assertThat(run("umount", folder.toString())).isZero();
    }
  }
}
