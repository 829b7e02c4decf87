package io.github.nnunet4j.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.error.DatasetException;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.ImageFormats;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Channels in files of their own, and what the readers of the reference make of them. */
class SeveralFilesTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden/image-io");

  static Stream<Named<JsonNode>> all() throws IOException {
    JsonNode root = Json.read(FOLDER.resolve("several_files.json"));
    return StreamSupport.stream(root.get("cases").spliterator(), false)
        .map(c -> Named.of(c.get("what").textValue(), c));
  }

  /** The readers that do not turn images agree with each other. */
  @ParameterizedTest
  @MethodSource("all")
  void areReadTogetherOrRefusedAsByTheReference(JsonNode c) throws IOException {
    List<Path> files =
        StreamSupport.stream(c.get("files").spliterator(), false)
            .map(file -> FOLDER.resolve(file.textValue()))
            .toList();
    List<Channel> channels =
        IntStream.range(0, files.size()).mapToObj(i -> new Channel("channel " + i)).toList();
    FileCase one = new FileCase("case", files, Optional.empty(), channels, ImageFormats.all());
    for (JsonNode result : c.get("results")) {
      if (result.has("error")) {
        assertThatThrownBy(one::image)
            .isInstanceOf(DatasetException.class)
            .hasMessageContaining("case case");
      } else {
        assertSame(one.image(), result);
      }
    }
  }

  private static void assertSame(Volume image, JsonNode expected) {
    Extent extent = image.grid().extent();
    JsonNode shape = expected.get("shape");
    assertThat(image.channels()).isEqualTo(shape.get(0).intValue());
    for (int axis = 0; axis < 3; axis++) {
      assertThat(extent.get(axis)).isEqualTo(shape.get(axis + 1).intValue());
      double spacing = expected.get("properties").get("spacing").get(axis).doubleValue();
      assertThat(image.grid().spacing().get(axis)).isCloseTo(spacing, within(1e-6 * spacing));
    }
    double sum = 0;
    double weighted = 0;
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    long i = 0;
    for (int c = 0; c < image.channels(); c++) {
      for (float value : image.unsafeArray(c)) {
        sum += value;
        weighted += value * (double) (i % 97 + 1);
        least = Math.min(least, value);
        most = Math.max(most, value);
        i++;
      }
    }
    float[] last = image.unsafeArray(image.channels() - 1);
    assertNear(image.unsafeArray(0)[0], expected.get("first"));
    assertNear(last[last.length - 1], expected.get("last"));
    assertNear(sum, expected.get("sum_of_finite"));
    assertNear(weighted, expected.get("weighted_sum"));
    assertNear(least, expected.get("min_of_finite"));
    assertNear(most, expected.get("max_of_finite"));
  }

  private static void assertNear(double found, JsonNode expected) {
    double want = expected.doubleValue();
    assertThat(found).isCloseTo(want, within(1e-6 * Math.abs(want)));
  }
}
