package io.github.nnunet4j.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.internal.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The reference's numbers: facts in JSON, arrays in safetensors beside it. */
record Golden(JsonNode facts, Safetensors.Content arrays) {
  static Golden read(String topic, String name) throws IOException {
    Path file = Path.of("src/test/resources/golden", topic, name + ".safetensors");
    return new Golden(facts(topic, name), Safetensors.read(file));
  }

  static JsonNode facts(String topic, String name) throws IOException {
    return Json.read(Path.of("src/test/resources/golden", topic, name + ".json"));
  }

  static List<JsonNode> list(JsonNode node) {
    List<JsonNode> out = new ArrayList<>();
    node.forEach(out::add);
    return out;
  }

  static double number(JsonNode node) {
    return node.isTextual() ? Double.parseDouble(node.textValue()) : node.doubleValue();
  }

  static double[] numbers(JsonNode node) {
    return list(node).stream().mapToDouble(Golden::number).toArray();
  }

  boolean has(String name) {
    return arrays.tensors().containsKey(name);
  }

  /** In the type of the file. */
  NDArray array(NDManager manager, String name) {
    Safetensors.Tensor tensor = arrays.get(name);
    Shape shape = new Shape(tensor.shape());
    return tensor.type().equals("F64")
        ? manager.create(tensor.doubles(), shape)
        : manager.create(tensor.floats(), shape);
  }
}
