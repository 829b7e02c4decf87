package io.github.nnunet4j.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Spacing;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which voxels of each class the reference draws, and in what order. */
class ClassLocationsGoldenTest {
  static Stream<Named<JsonNode>> all() throws IOException {
    return StreamSupport.stream(golden().cases().spliterator(), false)
        .map(c -> Named.of(c.get("id").textValue(), c));
  }

  static Stream<Named<JsonNode>> large() throws IOException {
    return all().filter(c -> c.getPayload().has("excerpts"));
  }

  private static Golden golden() throws IOException {
    return Golden.of("splits/class_locations");
  }

  @ParameterizedTest
  @MethodSource("all")
  void drawsTheVoxelsOfTheReference(JsonNode c) throws IOException {
    Golden golden = golden();
    JsonNode arguments = c.get("arguments");
    ClassLocations.Sampling sampling =
        new ClassLocations.Sampling(
            arguments.path("seed").asInt(1234),
            arguments.path("min_num_samples").asInt(10_000),
            arguments.path("min_percent_coverage").asDouble(0.01));
    List<List<Integer>> keys = keys(c.get("classes_or_regions"));
    assertSame(golden, c, ClassLocations.of(labels(golden, c), keys, sampling));
  }

  /** With the arguments that preprocessing gives. */
  @ParameterizedTest
  @MethodSource("large")
  void drawsTenThousandVoxelsOrOnePercent(JsonNode c) throws IOException {
    Golden golden = golden();
    assertSame(golden, c, ClassLocations.of(labels(golden, c), Labels.of("one", "two")));
  }

  private static void assertSame(Golden golden, JsonNode c, ClassLocations got) {
    assertThat(got.keys()).isEqualTo(keys(c.get("keys")));
    for (int k = 0; k < got.keys().size(); k++) {
      assertThat(got.count(k)).as("class %d", k).isEqualTo(c.get("counts").get(k).intValue());
      if (c.has("excerpts")) {
        assertExcerpt(c.get("excerpts").get(k), got, k);
      } else if (got.count(k) > 0) {
        int[] rows = golden.arrays().get(c.get("id").textValue() + "/locations_" + k).ints();
        for (int i = 0; i < got.count(k); i++) {
          assertThat(row(got, k, i))
              .as("class %d voxel %d", k, i)
              .isEqualTo(Arrays.copyOfRange(rows, 4 * i, 4 * i + 4));
        }
      }
    }
  }

  private static void assertExcerpt(JsonNode excerpt, ClassLocations got, int k) {
    int n = got.count(k);
    JsonNode first = excerpt.get("first");
    JsonNode last = excerpt.get("last");
    assertThat(excerpt.get("index").intValue()).isEqualTo(k);
    for (int i = 0; i < first.size(); i++) {
      assertThat(row(got, k, i)).isEqualTo(Golden.ints(first.get(i)));
      assertThat(row(got, k, n - last.size() + i)).isEqualTo(Golden.ints(last.get(i)));
    }
    int[] sum = new int[4];
    for (int i = 0; i < n; i++) {
      int[] row = row(got, k, i);
      for (int axis = 0; axis < 4; axis++) {
        sum[axis] += row[axis];
      }
    }
    assertThat(sum).isEqualTo(Golden.ints(excerpt.get("sum")));
  }

  /** As the reference writes it: channel 0, z, y, x. */
  private static int[] row(ClassLocations got, int k, int i) {
    return new int[] {0, got.coordinate(k, i, 0), got.coordinate(k, i, 1), got.coordinate(k, i, 2)};
  }

  private static List<List<Integer>> keys(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(
            key ->
                key.isArray()
                    ? Arrays.stream(Golden.ints(key)).boxed().toList()
                    : List.of(key.intValue()))
        .toList();
  }

  private static LabelMap labels(Golden golden, JsonNode c) {
    Spacing spacing = Spacing.millimetres(1, 1, 1);
    if (!c.has("excerpts")) {
      return golden.labelMap(c.get("id").textValue() + "/seg", spacing);
    }
    // the two large maps are not stored, the facts say how they are made
    boolean halves = c.get("how_seg_is_made").textValue().contains("mod 2");
    int[] shape = Golden.ints(c.get("shape"));
    Grid grid = Grid.of(Extent.of(shape[1], shape[2], shape[3]), spacing);
    short[] labels = new short[(int) grid.voxels()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (short) (halves ? 1 + i % 2 : i % 5 > 0 ? 1 : 2);
    }
    return LabelMap.wrap(grid, labels);
  }
}
