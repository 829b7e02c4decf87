package io.github.nnunet4j.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nnunet4j.dataset.Case;
import io.github.nnunet4j.dataset.Cases;
import io.github.nnunet4j.dataset.Dataset;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Large cases are not held in memory by every thread at once. */
@Timeout(120)
class FingerprintMemoryTest {
  private static final int CASES = 12;
  private static final Grid GRID = Grid.of(4, 5, 6);
  private static final long CASE_BYTES = 4 * 5 * 6 * (4 + 2 + 1);

  private final AtomicInteger loaded = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  private static Volume image(int number) {
    float[] voxels = new float[(int) GRID.voxels()];
    for (int i = 0; i < voxels.length; i++) {
      voxels[i] = 1 + number + i % 7;
    }
    return Volume.wrap(GRID, voxels);
  }

  private static LabelMap labels() {
    short[] labels = new short[(int) GRID.voxels()];
    labels[17] = 1;
    labels[40] = 1;
    return LabelMap.wrap(GRID, labels);
  }

  /** A case counts as loaded from its image to its labels. */
  private Case counted(int number) {
    return Cases.lazy(
        "case_" + number,
        () -> {
          most.accumulateAndGet(loaded.incrementAndGet(), Math::max);
          pause();
          return image(number);
        },
        () -> {
          pause();
          loaded.decrementAndGet();
          return labels();
        });
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(2);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private Dataset dataset() {
    Dataset.Builder builder =
        Dataset.builder("Dataset001_Test").channels("MRI").labels(Labels.of("organ"));
    for (int i = 0; i < CASES; i++) {
      builder.add(counted(i));
    }
    return builder.build();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void noMoreCasesAreLoadedThanTheMemoryHolds(int cases) {
    FingerprintExtractor extractor = FingerprintExtractor.standard().threads(6);
    Fingerprint expected = extractor.extract(dataset());
    most.set(0);
    assertThat(extractor.memory(cases * CASE_BYTES).extract(dataset())).isEqualTo(expected);
    assertThat(most.get()).isBetween(1, cases);
  }

  @Test
  void aCaseLargerThanTheMemoryIsLoadedAlone() {
    Fingerprint found = FingerprintExtractor.standard().threads(4).memory(1).extract(dataset());
    assertThat(found.extents()).hasSize(CASES);
    assertThat(most.get()).isEqualTo(1);
  }

  @Test
  void casesThatFitAreLoadedTogetherOnceOneIsKnown() {
    CyclicBarrier both = new CyclicBarrier(2);
    AtomicInteger begun = new AtomicInteger();
    Dataset.Builder builder =
        Dataset.builder("Dataset001_Test").channels("MRI").labels(Labels.of("organ"));
    for (int i = 0; i < 3; i++) {
      int number = i;
      Cases.Source<Volume> image =
          () -> {
            if (begun.getAndIncrement() > 0) {
              meet(both);
            }
            return image(number);
          };
      builder.add(Cases.lazy("case_" + i, image, FingerprintMemoryTest::labels));
    }
    assertThat(FingerprintExtractor.standard().threads(3).extract(builder.build()).extents())
        .hasSize(3);
  }

  private static void meet(CyclicBarrier barrier) throws IOException {
    try {
      barrier.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IOException(e);
    }
  }

  @Test
  void aFailureLetsNobodyWaitForever() {
    Dataset.Builder builder =
        Dataset.builder("Dataset001_Test").channels("MRI").labels(Labels.of("organ"));
    for (int i = 0; i < CASES; i++) {
      Cases.Source<Volume> broken =
          () -> {
            throw new IOException("disk gone");
          };
      builder.add(Cases.lazy("case_" + i, broken, FingerprintMemoryTest::labels));
    }
    FingerprintExtractor extractor = FingerprintExtractor.standard().threads(4).memory(1);
    assertThatThrownBy(() -> extractor.extract(builder.build())).hasMessageContaining("disk gone");
  }

  @Test
  void sizesAreForetoldFromFiles(@TempDir Path folder) throws IOException {
    CaseSizes sizes = new CaseSizes();
    Case small = onDisk(folder, "small", 100);
    Case large = onDisk(folder, "large", 1000);
    assertThat(sizes.expected(small)).isEqualTo(Long.MAX_VALUE);
    sizes.saw(small, 300);
    assertThat(sizes.expected(small)).isEqualTo(300);
    assertThat(sizes.expected(large)).isEqualTo(3000);
    sizes.saw(large, 2000);
    assertThat(sizes.expected(large)).isEqualTo(2091); // 2300 of 1100 bytes
    assertThat(sizes.expected(counted(0))).as("no files: the largest").isEqualTo(2000);
    Files.delete(small.files().get(0));
    assertThat(sizes.expected(small)).as("no such file").isEqualTo(2000);
  }

  private static Case onDisk(Path folder, String id, int bytes) throws IOException {
    Path file = Files.write(folder.resolve(id), new byte[bytes]);
    record OnDisk(String id, Path file) implements Case {
      @Override
      public Volume image() {
        return FingerprintMemoryTest.image(0);
      }

      @Override
      public Optional<LabelMap> labels() {
        return Optional.empty();
      }

      @Override
      public List<Path> files() {
        return List.of(file);
      }
    }
    return new OnDisk(id, file);
  }

  @Test
  void impossibleSettingsAreRefused() {
    FingerprintExtractor extractor = FingerprintExtractor.standard();
    assertThatThrownBy(() -> extractor.threads(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> extractor.memory(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("memory");
  }
}
