package io.github.nnunet4j.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.internal.Safetensors;
import io.github.nnunet4j.internal.Safetensors.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All networks of the reference: outputs of all heads, gradients, statistics, names. */
@Tag("engine")
class GoldenNetworksTest {
  static Stream<GoldenCase> networks() throws IOException {
    return Stream.of(
            GoldenCase.read("v2-plain.json"),
            GoldenCase.read("v2-residual.json"),
            GoldenCase.read("v1-generic.json"),
            GoldenCase.read("v1-residual.json"),
            GoldenCase.read("v2-primus.json"))
        .flatMap(cases -> cases);
  }

  static Stream<GoldenCase> estimated() throws IOException {
    return networks().filter(golden -> golden.json().has("feature_map_size"));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void outputsAndGradientsEqualTheReference(GoldenCase golden) throws IOException {
    Safetensors.Content tensors = golden.tensors();
    for (JsonNode input : golden.json().get("inputs")) {
      for (Map.Entry<String, JsonNode> result : input.get("results").properties()) {
        // a step changes running statistics, so each result starts from the stored ones
        try (RunningNetwork network = load(golden, tensors)) {
          compareStep(network, tensors, input, result.getKey());
          compareNorms(network, result.getValue(), 1e-4);
        }
        boolean training = result.getKey().startsWith("train");
        if (!training || golden.json().get("eval_equals_train").asBoolean()) {
          try (RunningNetwork network = load(golden, tensors)) {
            comparePrediction(network, tensors, input, result.getKey());
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

  @ParameterizedTest
  @MethodSource("estimated")
  void memoryEstimatesEqualTheReference(GoldenCase golden) {
    UNet net = golden.network();
    RunningNetwork.Heads heads = golden.heads();
    long expected = golden.json().at("/feature_map_size/value").asLong();
    if (heads.deepSupervision()) {
      // the reference counts the lower heads where there are some; planning never has them
      for (List<Integer> scale : net.scales().subList(1, net.scales().size())) {
        long positions = heads.outputs();
        for (int a = 0; a < scale.size(); a++) {
          positions *= heads.patch().get(a) / scale.get(a);
        }
        expected -= positions;
      }
    }
    assertThat(net.featureMapValues(heads.patch(), heads.inputs(), heads.outputs()))
        .isEqualTo(expected);
  }

  static RunningNetwork load(GoldenCase golden, Safetensors.Content tensors) {
    return RunningNetwork.load(golden.topology(), golden.heads(), Device.cpu(), weights(tensors));
  }

  static Weights weights(Safetensors.Content tensors) {
    Weights.Builder weights = Weights.builder();
    tensors
        .tensors()
        .forEach(
            (name, tensor) -> {
              if (name.startsWith("weights/") && !name.endsWith("num_batches_tracked")) {
                weights.put(name.substring(8), tensor.floats(), shape(tensor));
              }
            });
    return weights.build();
  }

  static void compareStep(
      RunningNetwork network, Safetensors.Content tensors, JsonNode input, String result) {
    try (NDManager step = network.manager().newSubManager();
        GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
      NDArray x = array(step, tensors.get(input.get("key").asText()));
      x.setRequiresGradient(true);
      List<NDArray> outputs = network.forward(x, result.startsWith("train"));
      int heads = input.at("/results/" + result + "/outputs").size();
      assertThat(outputs).hasSize(heads);
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
          NDArray owner = name.equals("input") ? x : parameter(network, name);
          try (NDArray gradient = owner.getGradient()) {
            close(gradient, entry.getValue(), "gradient of " + name);
          }
        }
        if (entry.getKey().startsWith(result + "/after/")) {
          String name = entry.getKey().substring(result.length() + 7);
          if (!name.endsWith("num_batches_tracked")) {
            close(parameter(network, name), entry.getValue(), "after " + name);
          }
        }
      }
    }
  }

  private static NDArray parameter(RunningNetwork network, String name) {
    return Objects.requireNonNull(network.parameters().get(name), name).getArray();
  }

  /** The lengths of all gradients, also of those that are not stored. */
  static void compareNorms(RunningNetwork network, JsonNode result, double relative) {
    double largest = 0;
    for (JsonNode norm : result.get("gradient_l2")) {
      largest = Math.max(largest, norm.asDouble());
    }
    for (Map.Entry<String, JsonNode> entry : result.get("gradient_l2").properties()) {
      if (!entry.getKey().equals("input")) {
        double expected = entry.getValue().asDouble();
        try (NDArray gradient = parameter(network, entry.getKey()).getGradient();
            NDArray norm = gradient.norm()) {
          assertThat((double) norm.getFloat())
              .as("length of the gradient of " + entry.getKey())
              .isCloseTo(expected, within(1e-5 * largest + relative * expected));
        }
      }
    }
  }

  static void comparePrediction(
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
