package io.github.nnunet4j.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.internal.Safetensors;
import io.github.nnunet4j.internal.Safetensors.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("engine")
class GoldenNetworksTest {
  static Stream<GoldenCase> networks() throws IOException {
    return Stream.concat(GoldenCase.read("v2-plain.json"), GoldenCase.read("v2-residual.json"))
        .filter(GoldenCase::isCovered);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void outputsAndGradientsEqualTheReference(GoldenCase golden) throws IOException {
    Safetensors.Content tensors = golden.tensors();
    for (JsonNode input : golden.json().get("inputs")) {
      for (Map.Entry<String, JsonNode> result : input.get("results").properties()) {
        // a step changes running statistics, so each result starts from the stored ones
        try (RunningNetwork network = load(golden, tensors)) {
          if (result.getKey().startsWith("eval")) {
            comparePrediction(network, tensors, input, result.getKey());
          } else {
            compareStep(network, tensors, input, result.getKey());
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void parametersHaveTorchNamesOrderAndCount(GoldenCase golden) throws IOException {
    List<String> expected = new ArrayList<>();
    golden
        .json()
        .get("state_dict")
        .properties()
        .forEach(
            entry -> {
              if (entry.getValue().isArray() && !entry.getKey().endsWith("num_batches_tracked")) {
                expected.add(entry.getKey());
              }
            });
    try (RunningNetwork network = load(golden, golden.tensors())) {
      assertThat(network.parameters().keySet()).containsExactlyElementsOf(expected);
      long count = network.trainable().stream().mapToLong(p -> p.getShape().size()).sum();
      assertThat(count).isEqualTo(golden.json().get("parameters").asLong());
    }
  }

  private static RunningNetwork load(GoldenCase golden, Safetensors.Content tensors) {
    JsonNode json = golden.json();
    UNet net = golden.network();
    List<Integer> patch = GoldenCase.ints(json.get("feature_map_size").get("input"));
    RunningNetwork.Heads heads =
        new RunningNetwork.Heads(
            json.get("input_channels").asInt(),
            json.get("num_classes").asInt(),
            Extent.of(patch.stream().mapToInt(Integer::intValue).toArray()),
            json.get("deep_supervision").asBoolean());
    Weights.Builder weights = Weights.builder();
    tensors
        .tensors()
        .forEach(
            (name, tensor) -> {
              if (name.startsWith("weights/") && !name.endsWith("num_batches_tracked")) {
                weights.put(name.substring(8), tensor.floats(), shape(tensor));
              }
            });
    return RunningNetwork.load(net, heads, Device.cpu(), weights.build());
  }

  private static void compareStep(
      RunningNetwork network, Safetensors.Content tensors, JsonNode input, String result) {
    try (NDManager step = network.manager().newSubManager();
        GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
      NDArray x = array(step, tensors.get(input.get("key").asText()));
      x.setRequiresGradient(true);
      List<NDArray> outputs = network.forward(x, true);
      NDArray loss = step.create(0f);
      for (int h = 0; h < outputs.size(); h++) {
        close(outputs.get(h), tensors.get(result + "/output/" + h), "output " + h);
        loss = loss.add(outputs.get(h).mul(lossWeights(step, outputs.get(h), h)).sum());
      }
      gradients.backward(loss);
      for (Map.Entry<String, Tensor> entry : tensors.tensors().entrySet()) {
        String prefix = result + "/grad/";
        if (entry.getKey().startsWith(prefix)) {
          String name = entry.getKey().substring(prefix.length());
          NDArray owner = name.equals("input") ? x : network.parameters().get(name).getArray();
          try (NDArray gradient = owner.getGradient()) {
            close(gradient, entry.getValue(), "gradient of " + name);
          }
        }
        if (entry.getKey().startsWith(result + "/after/")) {
          String name = entry.getKey().substring(result.length() + 7);
          if (!name.endsWith("num_batches_tracked")) {
            close(network.parameters().get(name).getArray(), entry.getValue(), "after " + name);
          }
        }
      }
    }
  }

  private static void comparePrediction(
      RunningNetwork network, Safetensors.Content tensors, JsonNode input, String result) {
    try (NDManager step = network.manager().newSubManager()) {
      NDArray y = network.predict(array(step, tensors.get(input.get("key").asText())));
      close(y, tensors.get(result + "/output/0"), "prediction");
    }
  }

  static NDArray lossWeights(NDManager manager, NDArray output, int head) {
    float[] weights = new float[(int) output.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (((7919L * i + 104729L * head) % 1001 - 500) / 500.0);
    }
    return manager.create(weights, output.getShape());
  }

  static void close(NDArray actual, Tensor expected, String what) {
    float[] reference = expected.floats();
    float[] values = actual.toFloatArray();
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < reference.length; i++) {
      largest = Math.max(largest, Math.abs(reference[i]));
      difference = Math.max(difference, Math.abs((double) reference[i] - values[i]));
    }
    assertThat(actual.getShape()).as(what).isEqualTo(new Shape(shape(expected)));
    assertThat(difference).as(what).isLessThanOrEqualTo(2e-5 + 1e-4 * largest);
  }

  static NDArray array(NDManager manager, Tensor tensor) {
    return manager.create(tensor.floats(), new Shape(shape(tensor)));
  }

  static long[] shape(Tensor tensor) {
    return tensor.shape().stream().mapToLong(Long::longValue).toArray();
  }
}
