package io.github.nnunet4j.image;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.internal.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.SoftAssertions;
import org.assertj.core.data.Offset;

/** The recorded image files and what nnU-Net's readers make of them. */
final class GoldenImages {
  static final Path ROOT = Path.of("src/test/resources/golden/image-io");

  private GoldenImages() {}

  static List<JsonNode> cases(String file) {
    try {
      List<JsonNode> all = new ArrayList<>();
      Json.read(ROOT.resolve(file)).get("cases").forEach(all::add);
      return all;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static Path path(JsonNode golden) {
    return ROOT.resolve(golden.get("file").asText());
  }

  /** The result whose voxels are right: nibabel's where it reads, else the chosen reader's. */
  static JsonNode voxels(JsonNode golden) {
    JsonNode results = golden.get("results");
    JsonNode nibabel = results.get("NibabelIO");
    if (nibabel != null && !nibabel.has("error")) {
      return nibabel;
    }
    return results.path(reader(golden));
  }

  private static String reader(JsonNode golden) {
    String chosen = golden.path("chosen_by_v2").asText();
    return chosen.startsWith("error") ? "SimpleITKIO" : chosen;
  }

  static JsonNode geometry(JsonNode golden) {
    JsonNode itk = golden.get("results").path("SimpleITKIO");
    return (itk.has("properties") ? itk : golden.get("results").path(reader(golden)))
        .path("properties");
  }

  static void compareVoxels(SoftAssertions softly, Volume volume, JsonNode golden) {
    JsonNode expected = voxels(golden);
    int[] shape = ints(expected.get("shape"));
    Extent extent = volume.grid().extent();
    softly
        .assertThat(new int[] {volume.channels(), extent.get(0), extent.get(1), extent.get(2)})
        .isEqualTo(shape);
    JsonNode values = expected.path("values");
    if (values.isTextual()) {
      values = golden.get("results").get(values.asText().replace("same as ", "")).path("values");
    }
    double sum = 0;
    double weighted = 0;
    long i = 0;
    int notFinite = 0;
    for (int c = 0; c < volume.channels(); c++) {
      for (float v : volume.unsafeArray(c)) {
        if (values.has((int) i)) {
          double e = number(values.get((int) i));
          softly
              .assertThat((double) v)
              .as("voxel %d", i)
              .satisfies(
                  a -> {
                    if (Double.isNaN(e)) {
                      Assertions.assertThat(a).isNaN();
                    } else {
                      Assertions.assertThat(a).isCloseTo(e, near(e));
                    }
                  });
        }
        double finite = Float.isFinite(v) ? v : 0;
        notFinite += Float.isFinite(v) ? 0 : 1;
        sum += finite;
        weighted += finite * (i % 97 + 1);
        i++;
      }
    }
    softly.assertThat(notFinite).isEqualTo(expected.get("not_finite").asInt());
    double e = expected.get("sum_of_finite").asDouble();
    softly.assertThat(sum).as("sum").isCloseTo(e, Offset.offset(1e-6 * Math.abs(e) + 1e-2));
    double w = expected.get("weighted_sum").asDouble();
    softly
        .assertThat(weighted)
        .as("weighted")
        .isCloseTo(w, Offset.offset(1e-6 * Math.abs(w) + 1e-1));
  }

  static void compareGeometry(SoftAssertions softly, Grid grid, JsonNode golden) {
    JsonNode properties = geometry(golden);
    compare(softly, "spacing", grid.spacing().toArray(), properties.get("spacing"));
    JsonNode itk = properties.path("sitk_stuff");
    if (itk.isMissingNode()) {
      return;
    }
    int axes = itk.get("origin").size();
    int used = Math.min(3, axes);
    double[] origin = grid.origin();
    double[] direction = grid.direction();
    for (int i = 0; i < used; i++) {
      double o = itk.get("origin").get(i).asDouble();
      softly.assertThat(origin[i]).as("origin %d", i).isCloseTo(o, near(o));
      for (int j = 0; j < used; j++) {
        double d = itk.get("direction").get(axes * i + j).asDouble();
        softly.assertThat(direction[3 * i + j]).as("direction %d", i).isCloseTo(d, near(d));
      }
    }
  }

  private static void compare(SoftAssertions softly, String what, double[] found, JsonNode wanted) {
    for (int i = 0; i < found.length; i++) {
      double w = wanted.get(i).asDouble();
      softly.assertThat(found[i]).as("%s %d", what, i).isCloseTo(w, near(w));
    }
  }

  private static Offset<Double> near(double value) {
    double tolerance = Double.isInfinite(value) ? 1 : 1e-6 * Math.abs(value) + 1e-12;
    return Offset.offset(Math.max(tolerance, 2e-8));
  }

  private static double number(JsonNode node) {
    return node.isTextual()
        ? Double.parseDouble(node.asText().replace("inf", "Infinity"))
        : node.asDouble();
  }

  static int[] ints(JsonNode array) {
    int[] all = new int[array.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = array.get(i).asInt();
    }
    return all;
  }
}
