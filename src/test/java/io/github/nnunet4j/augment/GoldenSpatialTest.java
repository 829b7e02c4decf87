package io.github.nnunet4j.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.internal.Safetensors;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rotation, scale, deformation and crop on the numbers of both versions of nnU-Net. */
class GoldenSpatialTest {
  private static final Safetensors.Content V1 = Goldens.tensors("spatial_v1");
  private static final Safetensors.Content V2 = Goldens.tensors("spatial_v2");

  static Stream<JsonNode> v1() {
    return Goldens.cases("spatial_v1").stream();
  }

  static Stream<JsonNode> v2() {
    return Goldens.cases("spatial_v2").stream();
  }

  @ParameterizedTest
  @MethodSource("v1")
  void doesWhatVersionOneDoes(JsonNode golden) {
    boolean second = golden.get("form").asInt() == 2;
    Spatial.Form form = second ? Spatial.Form.V1_SECOND : Spatial.Form.V1;
    Elastic.Kind kind = second ? Elastic.Kind.V1_SECOND : Elastic.Kind.V1;
    Spatial.Sampling sampling =
        golden.get("order_image").asInt() == 3
            ? Spatial.Sampling.SPLINE
            : Spatial.Sampling.NEAREST_LABELS;
    check(golden, spatial(golden, kind, sampling, form), V1);
  }

  @ParameterizedTest
  @MethodSource("v2")
  void doesWhatVersionTwoDoes(JsonNode golden) {
    Spatial.Image image =
        golden.get("image_interpolation").asText().equals("nearest")
            ? Spatial.Image.NEAREST
            : Spatial.Image.LINEAR;
    Spatial.Labels tie =
        switch (golden.get("seg_tie").asText()) {
          case "lowest" -> Spatial.Labels.VOTE_LOWEST;
          case "highest" -> Spatial.Labels.VOTE_HIGHEST;
          default -> Spatial.Labels.VOTE;
        };
    boolean nearest = golden.get("seg_interpolation").asText().equals("nearest");
    Outside outside =
        switch (golden.get("outside_image").asText()) {
          case "border" -> Outside.EDGE;
          case "reflection" -> Outside.REFLECTED;
          default -> Outside.PADDED;
        };
    Spatial.Sampling sampling =
        new Spatial.Sampling(image, nearest ? Spatial.Labels.NEAREST : tie, outside);
    check(golden, spatial(golden, Elastic.Kind.V2, sampling, Spatial.Form.V2), V2);
  }

  static Spatial spatial(
      JsonNode golden, Elastic.Kind kind, Spatial.Sampling sampling, Spatial.Form form) {
    JsonNode patch = golden.get("patch_size");
    return new Spatial(
        Goldens.patch(patch),
        golden.get("dummy_2d").asBoolean() || patch.size() == 2,
        new Spatial.Motion(
            new Spatial.Rotation(0.2, 1, 0.5),
            new Spatial.Scaling(0.2, Draws.uniform(0.7, 1.4), false),
            new Elastic(0, Draws.constant(1), Draws.constant(1), 1, kind)),
        sampling,
        form);
  }

  /** In the plane v2 uses the last of two angles. */
  static Spatial.Parameters parameters(JsonNode golden) {
    JsonNode angles = golden.path("rotation_radians");
    JsonNode scale = golden.path("scale");
    List<Double> radians = angles.isArray() ? Goldens.doubles(angles) : List.of();
    if (radians.size() == 1 || radians.size() == 2) {
      radians = List.of(radians.get(radians.size() - 1), 0.0, 0.0);
    }
    return new Spatial.Parameters(radians, scale.isArray() ? Goldens.axes(scale, 1) : List.of());
  }

  private static void check(JsonNode golden, Spatial spatial, Safetensors.Content tensors) {
    String key = golden.get("key").asText();
    Sample input = Goldens.input(golden);
    SampleBuffer buffer = SampleBuffer.of(input);
    JsonNode elastic = golden.path("elastic");
    Spatial.Parameters drawn = parameters(golden);
    if (elastic.isObject()) {
      double[][] offsets = offsets(golden, spatial, tensors, key);
      Elastic.Deformation some = new Elastic.Deformation(zeros(), zeros(), 0);
      spatial.changeIn(
          buffer,
          new Spatial.Parameters(drawn.radians(), drawn.scale(), Optional.of(some)),
          offsets);
    } else {
      spatial.changeIn(buffer, drawn);
    }
    Sample out = buffer.sample();
    Goldens.close(
        out.image(),
        Goldens.volume(tensors.get(key + "/image")),
        5e-5,
        1e-5,
        Goldens.ambiguous(tensors, key + "/image_ambiguous"));
    Goldens.same(
        Goldens.maps(out),
        Goldens.labelMaps(tensors.get(key + "/seg")),
        Goldens.ambiguous(tensors, key + "/seg_ambiguous"));
    assertThat(Goldens.input(golden)).isEqualTo(input);
  }

  private static List<Double> zeros() {
    return List.of(0.0, 0.0, 0.0);
  }

  private static double[][] offsets(
      JsonNode golden, Spatial spatial, Safetensors.Content tensors, String key) {
    JsonNode elastic = golden.get("elastic");
    double[][] noise = Goldens.fields(tensors.get(key + "/elastic_noise"));
    double[][] expected = Goldens.fields(tensors.get(key + "/elastic_offsets"));
    int axes = noise.length;
    double[] sigmas = numbers(elastic.path("sigma_voxels"), elastic.path("sigma"), axes);
    double[] by = numbers(elastic.path("largest_displacement_voxels"), elastic.path("alpha"), axes);
    int[] patch = Goldens.extent(golden.get("patch_size")).toArray();
    double[][] offsets =
        ElasticField.of(spatial.motion().elastic().kind(), patch, sigmas, by, noise);
    for (int axis = 0; axis < axes; axis++) {
      for (int i = 0; i < expected[axis].length; i++) {
        assertThat(offsets[axis][i]).isCloseTo(expected[axis][i], within(1e-5));
      }
    }
    return offsets;
  }

  private static double[] numbers(JsonNode list, JsonNode one, int axes) {
    double[] numbers = new double[axes];
    Arrays.setAll(numbers, i -> list.isArray() ? list.get(i).asDouble() : one.asDouble());
    return numbers;
  }
}
