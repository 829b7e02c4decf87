package io.github.nnunet4j.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
    List<LabelMap> maps =
        seg.isTextual()
            ? labelMaps(INPUTS.get(seg.asText()))
            : List.of(LabelMap.wrap(grid, new short[(int) grid.voxels()]));
    return new Sample(
        volume, maps.get(0), maps.size() > 1 ? Optional.of(maps.get(1)) : Optional.empty());
  }

  static Grid grid(Safetensors.Tensor tensor) {
    int[] shape = tensor.extents();
    return shape.length == 4
        ? Grid.of(shape[1], shape[2], shape[3])
        : Grid.of(1, shape[1], shape[2]);
  }

  static Volume volume(Safetensors.Tensor tensor) {
    return volume(tensor, grid(tensor));
  }

  static Volume volume(Safetensors.Tensor tensor, Grid grid) {
    double[] all = tensor.doubles();
    int n = (int) grid.voxels();
    float[][] channels = new float[all.length / n][n];
    for (int i = 0; i < all.length; i++) {
      channels[i / n][i % n] = (float) all[i];
    }
    return Volume.wrap(grid, channels);
  }

  static List<LabelMap> labelMaps(Safetensors.Tensor tensor) {
    int[] values = tensor.ints();
    Grid grid = grid(tensor);
    int n = (int) grid.voxels();
    List<LabelMap> maps = new ArrayList<>();
    for (int from = 0; from < values.length; from += n) {
      short[] labels = new short[n];
      for (int i = 0; i < n; i++) {
        labels[i] = (short) values[from + i];
      }
      maps.add(LabelMap.wrap(grid, labels));
    }
    return maps;
  }

  static LabelMap labels(Safetensors.Tensor tensor) {
    return labelMaps(tensor).get(0);
  }

  /** One array per component. */
  static double[][] fields(Safetensors.Tensor tensor) {
    double[] all = tensor.doubles();
    int components = tensor.extents()[0];
    int n = all.length / components;
    double[][] fields = new double[components][];
    Arrays.setAll(fields, c -> Arrays.copyOfRange(all, c * n, (c + 1) * n));
    return fields;
  }

  static Extent extent(JsonNode sizes) {
    int[] axes = new int[sizes.size()];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = sizes.get(i).asInt();
    }
    return Extent.of(axes);
  }

  /** Three axes, the first of one slice if there were two. */
  static Extent patch(JsonNode sizes) {
    return space(extent(sizes));
  }

  static Extent space(Extent extent) {
    return extent.rank() == 3 ? extent : Extent.of(1, extent.get(0), extent.get(1));
  }

  static List<Double> doubles(JsonNode list) {
    List<Double> values = new ArrayList<>();
    list.forEach(v -> values.add(v.asDouble()));
    return values;
  }

  static Set<Integer> ints(JsonNode list) {
    Set<Integer> set = new HashSet<>();
    list.forEach(v -> set.add(v.asInt()));
    return set;
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

  /** Three values per channel; a single one is that of all axes. */
  static Map<Integer, List<Double>> axesByChannel(JsonNode channels, JsonNode values) {
    Map<Integer, List<Double>> map = new LinkedHashMap<>();
    for (int i = 0; i < channels.size(); i++) {
      JsonNode value = values.get(i);
      double same = value.asDouble();
      map.put(
          channels.get(i).asInt(), value.isArray() ? axes(value, 1) : List.of(same, same, same));
    }
    return map;
  }

  static boolean[] ambiguous(Safetensors.Content tensors, String name) {
    if (!tensors.tensors().containsKey(name)) {
      return null;
    }
    int[] flags = tensors.get(name).ints();
    boolean[] free = new boolean[flags.length];
    for (int i = 0; i < free.length; i++) {
      free[i] = flags[i] != 0;
    }
    return free;
  }

  static void same(List<LabelMap> actual, List<LabelMap> expected, boolean[] free) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int map = 0; map < actual.size(); map++) {
      same(actual.get(map), expected.get(map), free, map);
    }
  }

  private static void same(LabelMap actual, LabelMap expected, boolean[] free, int map) {
    assertThat(actual.grid().extent()).isEqualTo(expected.grid().extent());
    short[] a = actual.unsafeArray();
    short[] b = expected.unsafeArray();
    for (int i = 0; i < a.length; i++) {
      if (free == null || !free[(map * a.length + i) % free.length]) {
        assertThat(a[i]).as("map %d, label of voxel %d", map, i).isEqualTo(b[i]);
      }
    }
  }

  static void close(
      Volume actual, Volume expected, double absolute, double relative, boolean[] free) {
    assertThat(actual.grid().extent()).isEqualTo(expected.grid().extent());
    assertThat(actual.channels()).isEqualTo(expected.channels());
    for (int c = 0; c < actual.channels(); c++) {
      float[] a = actual.unsafeArray(c);
      float[] b = expected.unsafeArray(c);
      for (int i = 0; i < a.length; i++) {
        if (free == null || !free[(c * a.length + i) % free.length]) {
          assertThat((double) a[i])
              .as("channel %d voxel %d", c, i)
              .isCloseTo(b[i], within(absolute + relative * Math.abs(b[i])));
        }
      }
    }
  }

  static List<LabelMap> maps(Sample sample) {
    List<LabelMap> maps = new ArrayList<>();
    maps.add(sample.labels());
    sample.previous().ifPresent(maps::add);
    return maps;
  }
}
