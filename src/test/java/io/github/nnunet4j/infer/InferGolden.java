package io.github.nnunet4j.infer;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.internal.Safetensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;

/** The recorded numbers of the reference that these tests compare with. */
final class InferGolden {
  private static final Path FOLDER = Path.of("src/test/resources/golden/inference");

  private InferGolden() {}

  static JsonNode json(String name) {
    try {
      return Json.read(FOLDER.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Safetensors.Content tensors(String name) {
    try {
      return Safetensors.read(FOLDER.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<JsonNode> cases(String name) {
    return list(json(name).get("cases"));
  }

  static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  static int[] ints(JsonNode array) {
    return list(array).stream().mapToInt(JsonNode::intValue).toArray();
  }

  static double[] doubles(JsonNode array) {
    return list(array).stream().mapToDouble(JsonNode::doubleValue).toArray();
  }

  /** A tensor (channel, z, y, x) on a grid of one millimetre voxels. */
  static Volume volume(Safetensors.Tensor tensor) {
    int[] shape = tensor.extents();
    float[] values = tensor.floats();
    int voxels = values.length / shape[0];
    float[][] channels = new float[shape[0]][];
    for (int c = 0; c < channels.length; c++) {
      channels[c] = Arrays.copyOfRange(values, c * voxels, (c + 1) * voxels);
    }
    return Volume.wrap(Grid.of(shape[1], shape[2], shape[3]), channels);
  }
}
