package io.github.nnunet4j.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.error.ImageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ImageGoldenTest {
  private static final List<ImageFormat> FORMATS = ImageFormats.all();

  @TestFactory
  Stream<DynamicTest> readsWhatTheReferenceReadsAndRefusesTheRest() {
    return GoldenImages.cases("files.json").stream()
        .filter(c -> supported(GoldenImages.path(c)))
        .filter(c -> !c.get("file").asText().equals("files/bigtiff.tif"))
        .map(c -> DynamicTest.dynamicTest(c.get("file").asText(), () -> check(c)));
  }

  @org.junit.jupiter.api.Test
  void refusesBigTiffWithAReasonSinceTheCodecsOfJava17DoNotReadIt() {
    assertThatThrownBy(
            () ->
                ImageFormats.naturalImage2d().read(GoldenImages.ROOT.resolve("files/bigtiff.tif")))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("BigTIFF");
  }

  private static boolean supported(Path file) {
    return FORMATS.stream().anyMatch(f -> f.accepts(file));
  }

  private static void check(JsonNode golden) throws IOException {
    Path file = GoldenImages.path(golden);
    switch (golden.get("expect").asText()) {
      case "ok" -> {
        Volume volume = ImageFormats.forFile(file, FORMATS).read(file);
        SoftAssertions softly = new SoftAssertions();
        GoldenImages.compareVoxels(softly, volume, golden);
        GoldenImages.compareGeometry(softly, volume.grid(), golden);
        softly.assertAll();
      }
      case "error" ->
          assertThatThrownBy(() -> ImageFormats.forFile(file, FORMATS).read(file))
              .isInstanceOf(ImageException.class)
              .hasMessageContaining(String.valueOf(file.getFileName()).replaceAll("\\..*", ""));
      case "limit" -> {
        List<ImageFormat> small = ImageFormats.all(new ReadLimits(1_000_000));
        assertThatThrownBy(() -> ImageFormats.forFile(file, small).read(file))
            .isInstanceOf(ImageException.class)
            .hasMessageContaining("at most 1000000 values");
      }
      default -> {
        try {
          Volume volume = ImageFormats.forFile(file, FORMATS).read(file);
          assertThat(volume.grid().voxels()).isPositive();
        } catch (ImageException e) {
          assertThat(e.problems()).isNotEmpty();
        } catch (RuntimeException e) {
          fail("another exception", e);
        }
      }
    }
  }
}
