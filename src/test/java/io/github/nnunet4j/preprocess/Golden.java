package io.github.nnunet4j.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.internal.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.StreamSupport;

/** Reference numbers of one topic: facts in JSON, arrays in safetensors. */
record Golden(JsonNode facts, Safetensors.Content arrays) {
  static Golden of(String name) throws IOException {
    return of(Path.of("src/test/resources/golden"), name);
  }

  static Golden of(Path base, String name) throws IOException {
    return new Golden(
        Json.read(base.resolve(name + ".json")),
        Safetensors.read(base.resolve(name + ".safetensors")));
  }

  Iterable<JsonNode> cases() {
    return facts.get("cases");
  }

  static double[] doubles(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .mapToDouble(JsonNode::doubleValue)
        .toArray();
  }

  static int[] ints(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).mapToInt(JsonNode::intValue).toArray();
  }

  Volume volume(String key, Spacing spacing) {
    Safetensors.Tensor tensor = arrays.get(key);
    int[] shape = tensor.extents();
    Grid grid = Grid.of(Extent.of(shape[1], shape[2], shape[3]), spacing);
    float[] all = tensor.floats();
    float[][] channels = new float[shape[0]][];
    int n = (int) grid.voxels();
    for (int c = 0; c < channels.length; c++) {
      channels[c] = Arrays.copyOfRange(all, c * n, (c + 1) * n);
    }
    return Volume.wrap(grid, channels);
  }

  short[] labels(String key) {
    int[] ints = arrays.get(key).ints();
    short[] out = new short[ints.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (short) ints[i];
    }
    return out;
  }

  LabelMap labelMap(String key, Spacing spacing) {
    int[] shape = arrays.get(key).extents();
    return LabelMap.wrap(
        Grid.of(
            Extent.of(shape[shape.length - 3], shape[shape.length - 2], shape[shape.length - 1]),
            spacing),
        labels(key));
  }

  void assertClose(Volume actual, String key, double absolute, double relative, String name) {
    float[] expected = arrays.get(key).floats();
    int n = (int) actual.grid().voxels();
    assertThat(actual.channels() * n).as(name).isEqualTo(expected.length);
    for (int c = 0; c < actual.channels(); c++) {
      float[] got = actual.unsafeArray(c);
      for (int i = 0; i < n; i++) {
        float want = expected[c * n + i];
        if (!(Math.abs(got[i] - want) <= absolute + relative * Math.abs(want))) {
          assertThat(got[i]).as(name + " channel " + c + " voxel " + i).isEqualTo(want);
        }
      }
    }
  }

  /** Labels are equal except where the reference marks a near tie. */
  void assertSame(LabelMap actual, String key, JsonNode nearTies, String name) {
    short[] expected = labels(key);
    short[] near = nearTies == null || nearTies.isNull() ? null : labels(nearTies.textValue());
    short[] got = actual.unsafeArray();
    assertThat(got).as(name).hasSize(expected.length);
    for (int i = 0; i < got.length; i++) {
      if (got[i] != expected[i] && (near == null || near[i] == 0)) {
        assertThat(got[i]).as(name + " voxel " + i).isEqualTo(expected[i]);
      }
    }
  }
}
