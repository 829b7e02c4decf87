package io.github.nnunet4j.image;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.nnunet4j.error.ImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the bytes, a reader gives an image or an image exception. */
class ImageFuzzTest {
  private static final ReadLimits SMALL = new ReadLimits(1 << 16);

  @TempDir Path folder;

  private void read(byte[] bytes, String name) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, bytes);
    for (ImageFormat format : ImageFormats.all(SMALL)) {
      if (format.accepts(file)) {
        try {
          Volume unused = format.read(file);
        } catch (ImageException e) {
          // Said so: fine.
        }
        try {
          LabelMap unused = format.readLabels(file);
        } catch (ImageException e) {
          // Said so: fine.
        }
      }
    }
  }

  @FuzzTest(maxDuration = "60s")
  void nifti(byte[] bytes) throws IOException {
    read(bytes, "a.nii");
  }

  @FuzzTest(maxDuration = "60s")
  void metaImage(byte[] bytes) throws IOException {
    read(bytes, "a.mha");
  }

  @FuzzTest(maxDuration = "60s")
  void nrrd(byte[] bytes) throws IOException {
    read(bytes, "a.nrrd");
  }

  @FuzzTest(maxDuration = "60s")
  void pictures(byte[] bytes) throws IOException {
    read(bytes, "a.png");
  }

  @FuzzTest(maxDuration = "60s")
  void stacks(byte[] bytes) throws IOException {
    read(bytes, "a.tif");
  }
}
