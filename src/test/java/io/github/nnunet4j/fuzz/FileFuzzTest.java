package io.github.nnunet4j.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.nnunet4j.dataset.DatasetDescription;
import io.github.nnunet4j.dataset.DatasetJson;
import io.github.nnunet4j.dataset.Split;
import io.github.nnunet4j.dataset.SplitsJson;
import io.github.nnunet4j.error.DatasetException;
import io.github.nnunet4j.error.NnUNetException;
import io.github.nnunet4j.error.PlanException;
import io.github.nnunet4j.error.PreprocessException;
import io.github.nnunet4j.evaluate.Summary;
import io.github.nnunet4j.evaluate.SummaryJson;
import io.github.nnunet4j.fingerprint.Fingerprint;
import io.github.nnunet4j.fingerprint.FingerprintJson;
import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.internal.Safetensors;
import io.github.nnunet4j.plan.Plan;
import io.github.nnunet4j.plan.PlanCodec;
import io.github.nnunet4j.preprocess.PreparedCase;
import io.github.nnunet4j.preprocess.PreparedStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Whatever the bytes of a file that is no image, reading it gives a value that is written and read
 * back as itself, or the kind of exception that its reader declares; and allocates no more than the
 * file's length allows.
 */
class FileFuzzTest {
  /** Parser, buffers and messages. */
  private static final long ROOM = 16 << 20;

  private static final int PER_BYTE = 1000;
  private static final int MUTANTS = 300;

  private static final List<String> TARGETS =
      List.of("dataset", "splits", "fingerprint", "summary", "plans", "safetensors", "prepared");

  @TempDir Path folder;
  private Path file;
  private long room;

  @BeforeEach
  void readTheSeeds() throws IOException {
    file = folder.resolve("a.prepared");
    room = Long.MAX_VALUE / 2; // classes are loaded once
    for (String target : TARGETS) {
      for (byte[] seed : Mutants.seeds(FileFuzzTest.class, target)) {
        assertThat(run(target, seed)).as("seed of %s", target).isTrue();
      }
    }
    room = ROOM;
  }

  /** Reads what the file holds and fails unless it comes back as itself. */
  private interface Reading {
    void run() throws IOException;
  }

  private boolean run(String target, byte[] bytes) throws IOException {
    Files.write(file, bytes);
    return switch (target) {
      case "dataset" -> judge(bytes, DatasetException.class, this::readDataset);
      case "splits" -> judge(bytes, DatasetException.class, this::readSplits);
      case "fingerprint" -> judge(bytes, DatasetException.class, this::readFingerprint);
      case "summary" -> judge(bytes, DatasetException.class, this::readSummary);
      case "plans" -> judge(bytes, PlanException.class, this::readPlan);
      case "safetensors" -> judge(bytes, IOException.class, () -> readTensors(bytes));
      case "prepared" -> judge(bytes, PreprocessException.class, this::readPrepared);
      default -> throw new IllegalArgumentException(target);
    };
  }

  private boolean judge(byte[] bytes, Class<? extends Exception> refusal, Reading reading) {
    Allocation allocation = Allocation.atMost(room + (long) PER_BYTE * bytes.length);
    try {
      reading.run();
      return true;
    } catch (NnUNetException | IOException e) {
      assertThat(e).isInstanceOf(refusal);
      return false;
    } finally {
      allocation.check(refusal);
    }
  }

  private void readDataset() throws IOException {
    DatasetDescription description = DatasetJson.read(file);
    assertThat(DatasetJson.parse(DatasetJson.text(description))).isEqualTo(description);
  }

  private void readSplits() throws IOException {
    List<Split> splits = SplitsJson.read(file);
    SplitsJson.write(splits, folder.resolve("again"));
    assertThat(SplitsJson.read(folder.resolve("again"))).isEqualTo(splits);
  }

  private void readFingerprint() throws IOException {
    Fingerprint fingerprint = FingerprintJson.read(file);
    assertThat(FingerprintJson.parse(FingerprintJson.text(fingerprint))).isEqualTo(fingerprint);
  }

  private void readSummary() throws IOException {
    Summary summary = SummaryJson.read(file);
    SummaryJson.write(summary, folder.resolve("again"));
    assertThat(SummaryJson.read(folder.resolve("again"))).isEqualTo(summary);
  }

  private void readPlan() throws IOException {
    PlanCodec codec = PlanCodec.standard();
    Plan plan = codec.read(file);
    assertThat(codec.decode(codec.encode(plan))).isEqualTo(plan);
  }

  /** The tensors fill what the header leaves of the file. */
  private void readTensors(byte[] bytes) throws IOException {
    Safetensors.Content content = Safetensors.read(file);
    long header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    long held =
        content.tensors().values().stream().mapToLong(tensor -> tensor.data().remaining()).sum();
    assertThat(8 + header + held).isEqualTo(bytes.length);
    content
        .tensors()
        .values()
        .forEach(
            tensor ->
                assertThat(
                        tensor.shape().stream().mapToLong(axis -> axis).reduce(1, (a, b) -> a * b))
                    .isEqualTo(tensor.size()));
  }

  private void readPrepared() {
    PreparedCase prepared = PreparedStore.in(folder).open("a");
    assertThat(prepared.readImage(Box.whole(prepared.extent())).channels())
        .isEqualTo(prepared.channels());
    for (int key = 0; key < prepared.classLocations().keys().size(); key++) {
      if (prepared.classLocations().count(key) > 0) {
        prepared.classLocations().voxel(key, prepared.classLocations().count(key) - 1);
      }
    }
  }

  @ParameterizedTest
  @FieldSource("TARGETS")
  void mutantsAreReadOrRefused(String target) throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    int accepted = 0;
    for (byte[] seed : Mutants.seeds(FileFuzzTest.class, target)) {
      for (int i = 0; i < MUTANTS; i++) {
        accepted += run(target, Mutants.of(seed, random)) ? 1 : 0;
      }
    }
    assertThat(accepted).as("mutants that are read").isPositive();
  }

  @FuzzTest(maxDuration = "60s")
  void dataset(byte[] bytes) throws IOException {
    run("dataset", bytes);
  }

  @FuzzTest(maxDuration = "60s")
  void splits(byte[] bytes) throws IOException {
    run("splits", bytes);
  }

  @FuzzTest(maxDuration = "60s")
  void fingerprint(byte[] bytes) throws IOException {
    run("fingerprint", bytes);
  }

  @FuzzTest(maxDuration = "60s")
  void summary(byte[] bytes) throws IOException {
    run("summary", bytes);
  }

  @FuzzTest(maxDuration = "60s")
  void plans(byte[] bytes) throws IOException {
    run("plans", bytes);
  }

  @FuzzTest(maxDuration = "60s")
  void safetensors(byte[] bytes) throws IOException {
    run("safetensors", bytes);
  }

  @FuzzTest(maxDuration = "60s")
  void prepared(byte[] bytes) throws IOException {
    run("prepared", bytes);
  }
}
