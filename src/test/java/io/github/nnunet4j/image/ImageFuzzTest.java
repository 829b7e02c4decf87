package io.github.nnunet4j.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.nnunet4j.error.ImageException;
import io.github.nnunet4j.fuzz.Allocation;
import io.github.nnunet4j.fuzz.Mutants;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever the bytes, a reader gives an image of the size that the file declares or an image
 * exception, and allocates no more than the limits and the file's length allow.
 */
class ImageFuzzTest {
  private static final ReadLimits SMALL = new ReadLimits(1 << 16);

  /** Buffers of the readers and the codecs, and what is kept of so few voxels. */
  private static final long ROOM = 32 << 20;

  private static final int PER_BYTE = 100;
  private static final int MUTANTS = 60;
  private static final int NIFTI_1 = 348;
  private static final byte[] BETWEEN = "\n---\n".getBytes(StandardCharsets.ISO_8859_1);

  @TempDir Path folder;

  /** The JDK looks for its codecs once. */
  @BeforeAll
  static void findCodecs() throws IOException {
    Volume picture =
        ImageFormats.naturalImage2d().read(GoldenImages.ROOT.resolve("files/rgb8.png"));
    assertThat(picture.channels()).isEqualTo(3);
    Volume unused = ImageFormats.tiff3d().read(GoldenImages.ROOT.resolve("files/volume_0000.tif"));
  }

  /** Reads a file by every format that takes it; tells whether one succeeded. */
  private boolean read(byte[] bytes, String name) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, bytes);
    return read(file, bytes.length);
  }

  private static boolean read(Path file, int length) throws IOException {
    boolean accepted = false;
    for (ImageFormat format : ImageFormats.all(SMALL)) {
      if (format.accepts(file)) {
        Allocation room = Allocation.atMost(ROOM + (long) PER_BYTE * length);
        try {
          Volume volume = format.read(file);
          room.check(format);
          accepted = true;
          DeclaredSize.require(file, volume.grid().extent(), volume.channels());
          assertThat(volume.grid().voxels() * volume.channels()).isBetween(1L, SMALL.voxels());
        } catch (ImageException e) {
          room.check(e); // said so: fine
        }
        room = Allocation.atMost(ROOM + (long) PER_BYTE * length);
        try {
          LabelMap labels = format.readLabels(file);
          room.check(format);
          DeclaredSize.require(file, labels.grid().extent(), 1);
        } catch (ImageException e) {
          room.check(e);
        }
      }
    }
    return accepted;
  }

  /** The bytes are those of two files, one behind the other. */
  private boolean read(byte[] bytes, int first, int second, String name, String other)
      throws IOException {
    Files.write(folder.resolve(name), Arrays.copyOf(bytes, first));
    Files.write(folder.resolve(other), Arrays.copyOfRange(bytes, second, bytes.length));
    return read(folder.resolve(name), bytes.length);
  }

  private boolean readBoth(byte[] bytes, String name, String other) throws IOException {
    for (int at = 0; at + BETWEEN.length <= bytes.length; at++) {
      if (Arrays.equals(bytes, at, at + BETWEEN.length, BETWEEN, 0, BETWEEN.length)) {
        return read(bytes, at, at + BETWEEN.length, name, other);
      }
    }
    return read(bytes, bytes.length, bytes.length, name, other);
  }

  private boolean run(String target, byte[] bytes) throws IOException {
    int header = Math.min(NIFTI_1, bytes.length);
    return switch (target) {
      case "nifti" -> read(bytes, "a.nii");
      case "niftiPair" -> read(bytes, header, header, "a.hdr", "a.img");
      case "metaImage" -> read(bytes, "a.mha");
      case "metaImagePair" -> readBoth(bytes, "a.mhd", "a.raw");
      case "nrrd" -> read(bytes, "a.nrrd");
      case "nrrdPair" -> readBoth(bytes, "a.nhdr", "a.raw");
      case "pictures" -> read(bytes, "a.png");
      case "stacks" -> read(bytes, "a.tif");
      case "stacksWithSpacing" -> readSpacing(bytes);
      default -> throw new IllegalArgumentException(target);
    };
  }

  /** The sidecar comes first; images and label maps look for it under the same name here. */
  private boolean readSpacing(byte[] bytes) throws IOException {
    readBoth(bytes, "a.json", "a.tif");
    return read(folder.resolve("a.tif"), bytes.length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nifti",
        "niftiPair",
        "metaImage",
        "metaImagePair",
        "nrrd",
        "nrrdPair",
        "pictures",
        "stacks",
        "stacksWithSpacing"
      })
  void mutantsAreReadOrRefused(String target) throws IOException {
    SplittableRandom random = new SplittableRandom(2);
    int accepted = 0;
    for (byte[] seed : Mutants.seeds(ImageFuzzTest.class, target)) {
      for (int i = 0; i < MUTANTS; i++) {
        accepted += run(target, Mutants.of(seed, random)) ? 1 : 0;
      }
    }
    assertThat(accepted).as("mutants that are images").isPositive();
  }

  @FuzzTest(maxDuration = "60s")
  void nifti(byte[] bytes) throws IOException {
    run("nifti", bytes);
  }

  @FuzzTest(maxDuration = "60s")
  void niftiPair(byte[] bytes) throws IOException {
    run("niftiPair", bytes);
  }

  @FuzzTest(maxDuration = "60s")
  void metaImage(byte[] bytes) throws IOException {
    run("metaImage", bytes);
  }

  @FuzzTest(maxDuration = "60s")
  void metaImagePair(byte[] bytes) throws IOException {
    run("metaImagePair", bytes);
  }

  @FuzzTest(maxDuration = "60s")
  void nrrd(byte[] bytes) throws IOException {
    run("nrrd", bytes);
  }

  @FuzzTest(maxDuration = "60s")
  void nrrdPair(byte[] bytes) throws IOException {
    run("nrrdPair", bytes);
  }

  @FuzzTest(maxDuration = "60s")
  void pictures(byte[] bytes) throws IOException {
    run("pictures", bytes);
  }

  @FuzzTest(maxDuration = "60s")
  void stacks(byte[] bytes) throws IOException {
    run("stacks", bytes);
  }

  @FuzzTest(maxDuration = "60s")
  void stacksWithSpacing(byte[] bytes) throws IOException {
    run("stacksWithSpacing", bytes);
  }
}
