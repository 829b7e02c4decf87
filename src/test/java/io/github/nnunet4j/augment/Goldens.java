package io.github.nnunet4j.augment;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.internal.Safetensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The reference's augmentation numbers as samples; two-dimensional arrays become one slice. */
final class Goldens {
  private static final Path FOLDER = Path.of("src/test/resources/golden/augmentation");
  private static final Safetensors.Content INPUTS = tensors("inputs");

  private Goldens() {}

  static JsonNode json(String name) {
    try {
      return Json.read(FOLDER.resolve(name + ".json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<JsonNode> cases(String name) {
    List<JsonNode> cases = new ArrayList<>();
    json(name).get("cases").forEach(cases::add);
    return cases;
  }

  static Safetensors.Content tensors(String name) {
    try {
      return Safetensors.read(FOLDER.resolve(name + ".safetensors"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The input of a case; without a segmentation all background, without an image all zero. */
  static Sample input(JsonNode golden) {
    JsonNode image = golden.path("input_image");
    JsonNode seg = golden.path("input_seg");
    String shaped = image.isTextual() ? image.asText() : seg.asText();
    Grid grid = grid(INPUTS.get(shaped));
    Volume volume =
        image.isTextual()
            ? volume(INPUTS.get(image.asText()))
            : Volume.wrap(grid, new float[(int) grid.voxels()]);
    LabelMap labels =
        seg.isTextual()
            ? labels(INPUTS.get(seg.asText()))
            : LabelMap.wrap(grid, new short[(int) grid.voxels()]);
    return new Sample(volume, labels);
  }

  static Grid grid(Safetensors.Tensor tensor) {
    int[] shape = tensor.extents();
    return shape.length == 4
        ? Grid.of(shape[1], shape[2], shape[3])
        : Grid.of(1, shape[1], shape[2]);
  }

  static Volume volume(Safetensors.Tensor tensor) {
    Grid grid = grid(tensor);
    float[] all = tensor.floats();
    int n = (int) grid.voxels();
    float[][] channels = new float[all.length / n][];
    Arrays.setAll(channels, c -> Arrays.copyOfRange(all, c * n, (c + 1) * n));
    return Volume.wrap(grid, channels);
  }

  static LabelMap labels(Safetensors.Tensor tensor) {
    int[] values = tensor.ints();
    short[] labels = new short[values.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (short) values[i];
    }
    return LabelMap.wrap(grid(tensor), labels);
  }

  static Extent patch(JsonNode sizes) {
    return sizes.size() == 3
        ? Extent.of(sizes.get(0).asInt(), sizes.get(1).asInt(), sizes.get(2).asInt())
        : Extent.of(1, sizes.get(0).asInt(), sizes.get(1).asInt());
  }

  static List<Double> doubles(JsonNode list) {
    List<Double> values = new ArrayList<>();
    list.forEach(v -> values.add(v.asDouble()));
    return values;
  }

  /** Three values (z, y, x) from three or, in the plane, two. */
  static List<Double> axes(JsonNode list, double ofZ) {
    List<Double> values = doubles(list);
    if (values.size() == 2) {
      values.add(0, ofZ);
    }
    return values;
  }

  static Map<Integer, Double> byChannel(JsonNode channels, JsonNode values) {
    Map<Integer, Double> map = new LinkedHashMap<>();
    for (int i = 0; i < channels.size(); i++) {
      map.put(
          channels.get(i).asInt(), values.isArray() ? values.get(i).asDouble() : values.asDouble());
    }
    return map;
  }

  static Map<Integer, List<Double>> axesByChannel(JsonNode channels, JsonNode values) {
    Map<Integer, List<Double>> map = new LinkedHashMap<>();
    for (int i = 0; i < channels.size(); i++) {
      map.put(channels.get(i).asInt(), axes(values.get(i), 1));
    }
    return map;
  }

  static Spatial spatial(JsonNode patch, boolean dummy2d, String seg, String image) {
    Spatial.Sampling sampling =
        image.equals("nearest")
            ? Spatial.Sampling.NEAREST
            : seg.equals("nearest") ? Spatial.Sampling.NEAREST_LABELS : Spatial.Sampling.LINEAR;
    return new Spatial(
        patch(patch),
        dummy2d || patch.size() == 2,
        new Spatial.Rotation(0.2, 1, 0.5),
        new Spatial.Scaling(0.2, Draws.uniform(0.7, 1.4), false),
        sampling);
  }

  /** In the plane the reference uses the last of two angles. */
  static Spatial.Parameters parameters(JsonNode golden) {
    JsonNode angles = golden.path("rotation_radians");
    JsonNode scale = golden.path("scale");
    List<Double> radians = angles.isArray() ? doubles(angles) : List.of();
    if (radians.size() == 2) {
      radians = List.of(radians.get(1), 0.0, 0.0);
    }
    return new Spatial.Parameters(radians, scale.isArray() ? axes(scale, 1) : List.of());
  }
}
