package io.github.nnunet4j.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.internal.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * SciPy's {@code map_coordinates} with mode nearest at listed points, also far outside and half way
 * between voxels. Orders 2 and 3 are left out: at free points our splines go on by a constant only.
 */
class MapCoordinatesGoldenTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden/resampling");
  private static final double[] IDENTITY = {1, 0, 0, 0, 1, 0, 0, 0, 1};

  static Stream<Named<JsonNode>> offered() throws IOException {
    JsonNode root = Json.read(FOLDER.resolve("map_coordinates.json"));
    return StreamSupport.stream(root.get("cases").spliterator(), false)
        .filter(c -> c.get("order").intValue() <= 1)
        .map(c -> Named.of(c.get("name").textValue(), c));
  }

  @Test
  void splinesAreOfferedWithAConstantBorderOnly() throws IOException {
    assertThat(offered()).hasSize(14);
    assertThatThrownBy(() -> Spatial.Sampling.SPLINE.withOutside(Outside.EDGE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("EDGE");
  }

  @ParameterizedTest
  @MethodSource("offered")
  void valuesAtPointsEqualTheReferences(JsonNode c) throws IOException {
    Safetensors.Content arrays = Safetensors.read(FOLDER.resolve("map_coordinates.safetensors"));
    Safetensors.Tensor input = arrays.get(c.get("input").textValue());
    int[] shape = {1, 1, 1};
    int rank = input.extents().length;
    System.arraycopy(input.extents(), 0, shape, 3 - rank, rank);
    double[] doubles = input.doubles();
    float[] source = new float[doubles.length];
    for (int i = 0; i < source.length; i++) {
      source[i] = (float) doubles[i];
    }
    Extent from = Extent.of(shape);
    double[] expected = arrays.get(c.get("output").textValue()).doubles();
    double[] coordinates = arrays.get(c.get("coordinates").textValue()).doubles();
    Points points = points(from, coordinates, rank, expected.length);
    boolean linear = c.get("order").intValue() == 1;
    Spatial.Sampling sampling =
        new Spatial.Sampling(
            linear ? Spatial.Image.LINEAR : Spatial.Image.NEAREST,
            Spatial.Labels.NEAREST,
            Outside.EDGE);
    float[][] found = new float[1][expected.length];
    new PointResampler(points, sampling, true)
        .run(new float[][] {source}, new short[0][], found, new short[0][]);
    double rounding = 4e-7 * Arrays.stream(doubles).map(Math::abs).max().orElseThrow();
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) found[0][i])
          .as("point %d", i)
          .isCloseTo(expected[i], within(linear ? rounding : rounding / 4));
    }
  }

  /** One row of points, each displaced to its place. */
  private static Points points(Extent from, double[] coordinates, int rank, int count) {
    double[][] offsets = new double[3][count];
    for (int axis = 0; axis < 3; axis++) {
      double centre = (from.get(axis) - 1) / 2.0;
      for (int i = 0; i < count; i++) {
        int row = axis - (3 - rank);
        double index = axis == 2 ? i - (count - 1) / 2.0 : 0;
        double at = row < 0 ? 0 : coordinates[row * count + i];
        offsets[axis][i] = at - centre - index;
      }
    }
    return new Points(from, Extent.of(1, 1, count), IDENTITY, false, offsets, false);
  }
}
