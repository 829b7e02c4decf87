package io.github.nnunet4j.faults;

import static io.github.nnunet4j.faults.Faults.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.nnunet4j.Experiment;
import io.github.nnunet4j.dataset.CaseListener;
import io.github.nnunet4j.dataset.Dataset;
import io.github.nnunet4j.error.CancelledException;
import io.github.nnunet4j.fingerprint.FingerprintExtractor;
import io.github.nnunet4j.preprocess.IntensityNormalization;
import io.github.nnunet4j.preprocess.PreparedCase;
import io.github.nnunet4j.preprocess.PreparedStore;
import io.github.nnunet4j.preprocess.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fingerprints and preparations that are interrupted, and then done again. */
@Timeout(120)
class InterruptionTest {
  private static final int CASES = 9;

  @TempDir Path root;
  private Dataset dataset;
  private Experiment experiment;
  private Path store;

  @BeforeEach
  void plan() throws IOException {
    dataset = new RawFolder(root.resolve("Dataset001_Interrupted"), CASES).open();
    experiment = Faults.experiment(dataset);
    store = root.resolve("store");
  }

  @AfterEach
  void noThreadIsLeft() {
    assertThat(Thread.interrupted()).isFalse();
    Faults.requireNoThreads();
  }

  /** A listener that interrupts a thread after some cases. */
  private static CaseListener interrupting(Thread thread, int after) {
    return (id, done, total) -> {
      if (done == after) {
        thread.interrupt();
      }
    };
  }

  @Test
  void aFingerprintEndsAndIsTakenTheNextTime() {
    for (int threads : new int[] {1, 3}) {
      FingerprintExtractor extractor = FingerprintExtractor.standard().threads(threads);
      CaseListener listener = interrupting(Thread.currentThread(), 2);
      assertThat(
              refused(CancelledException.class, () -> extractor.listener(listener).extract(dataset))
                  .expected())
          .isEqualTo("to work to the end");
      assertThat(Thread.interrupted()).isTrue();
      Faults.requireNoThreads();
    }
    assertThat(FingerprintExtractor.standard().extract(dataset).extents()).hasSize(CASES);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aPreparationKeepsFinishedCasesAndGoesOn(int threads) throws IOException {
    Experiment disturbed =
        experiment.withThreads(threads).withListener(interrupting(Thread.currentThread(), 2));
    refused(CancelledException.class, () -> disturbed.prepare(dataset.ids(), store));
    assertThat(Thread.interrupted()).isTrue();
    Faults.requireNoThreads();
    List<String> kept = Faults.wholeFiles(store);
    // Each other thread may finish the case it is at, and one more while the caller wakes up.
    assertThat(kept).hasSizeBetween(2, threads == 1 ? 2 : 2 * threads);
    Path folder =
        PreparedStore.in(store)
            .forRecipe(experiment.configuration().recipe(), dataset.labels())
            .folder();
    FileTime past = FileTime.from(Instant.now().minus(3, ChronoUnit.DAYS));
    for (String name : kept) {
      Files.setLastModifiedTime(folder.resolve(name), past);
    }
    List<PreparedCase> all = experiment.prepare(dataset.ids(), store);
    assertThat(all).extracting(PreparedCase::id).isEqualTo(dataset.ids());
    for (String name : kept) {
      assertThat(Files.getLastModifiedTime(folder.resolve(name)).toInstant())
          .isBefore(Instant.now().minus(2, ChronoUnit.DAYS));
    }
    assertThat(Faults.wholeFiles(store)).hasSize(CASES);
  }

  /** The interrupt closes the file that is being written, which is no fault of the disk. */
  @Test
  void anInterruptWhileACaseIsWrittenIsNoFullDisk() throws IOException {
    Recipe sound = experiment.configuration().recipe();
    AtomicInteger left = new AtomicInteger(3);
    IntensityNormalization interrupting =
        (channel, context) -> {
          if (left.decrementAndGet() == 0) {
            Thread.currentThread().interrupt();
          }
          return channel;
        };
    Recipe recipe = sound.toBuilder().normalization(0, interrupting).build();
    PreparedStore keyed = PreparedStore.in(store).withKey("interrupting");
    assertThat(refused(CancelledException.class, () -> prepare(keyed, recipe)).where())
        .isEqualTo("case case_2, prepare");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(Faults.wholeFiles(store)).containsExactly("case_0.prepared", "case_1.prepared");
    assertThat(prepare(keyed, recipe)).hasSize(CASES);
    assertThat(left).hasValue(3 - 3 - (CASES - 2));
  }

  private List<PreparedCase> prepare(PreparedStore into, Recipe recipe) {
    return into.prepare(dataset.cases(), recipe, dataset.labels(), 1, CaseListener.silent());
  }

  @Test
  void anInterruptAtAnyMomentLeavesWholeFilesOnly() throws Exception {
    int cancelled = 0;
    for (int trial = 0; trial < 12; trial++) {
      Path place = root.resolve("trial" + trial);
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      Thread worker =
          new Thread(
              () ->
                  thrown.set(
                      catchThrowable(
                          () -> experiment.withThreads(2).prepare(dataset.ids(), place))));
      worker.start();
      Thread.sleep(trial * 4L);
      worker.interrupt();
      worker.join(60_000);
      assertThat(worker.isAlive()).isFalse();
      Faults.requireNoThreads();
      if (thrown.get() != null) {
        assertThat(thrown.get()).isExactlyInstanceOf(CancelledException.class);
        cancelled++;
      }
      Faults.wholeFiles(place);
      assertThat(experiment.prepare(dataset.ids(), place)).hasSize(CASES);
    }
    assertThat(cancelled).isPositive();
  }

  @Test
  void whatAKilledProcessLeftIsSweptOnceItIsOld() throws IOException {
    Path folder =
        PreparedStore.in(store)
            .forRecipe(experiment.configuration().recipe(), dataset.labels())
            .folder();
    Files.createDirectories(folder);
    Path old = Files.writeString(folder.resolve(".case_1.prepared123.part"), "half");
    Path fresh = Files.writeString(folder.resolve(".case_2.prepared456.part"), "being written");
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(2, ChronoUnit.HOURS)));
    experiment.prepare(dataset.ids(), store);
    assertThat(old).doesNotExist();
    assertThat(fresh).exists();
  }
}
