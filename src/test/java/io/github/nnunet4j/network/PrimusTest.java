package io.github.nnunet4j.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.internal.Safetensors.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PrimusTest {
  private static final Extent PATCH = Extent.of(16, 24, 8);

  static Stream<GoldenCase> sizes() throws IOException {
    return GoldenCase.read("counts-v2.json").filter(golden -> golden.json().has("eva_depth"));
  }

  @Tag("engine")
  @ParameterizedTest
  @MethodSource("sizes")
  void hasAsManyParametersAsTheReference(GoldenCase golden) {
    JsonNode json = golden.json();
    Primus net = GoldenPrimus.topology(json);
    assertThat(
            FeatureMapsTest.parameters(
                net, json.get("input_channels").asInt(), json.get("num_classes").asInt()))
        .isEqualTo(json.get("parameters").asLong());
    assertThat(
            List.of(
                Primus.Size.small(), Primus.Size.base(), Primus.Size.medium(), Primus.Size.large()))
        .contains(net.size());
  }

  @Test
  void turnsByTheAnglesOfTheReference() throws IOException {
    GoldenCase golden = GoldenCase.read("v2-primus.json").findFirst().orElseThrow();
    Tensor rope = golden.tensors().get("rope");
    Primus net = GoldenPrimus.topology(golden.json());
    int head = net.size().width() / net.size().heads();
    float[] angles = RotaryPositions.angles(Primus.tokens(net.patch()), head);
    float[] expected = rope.floats();
    assertThat(rope.shape()).containsExactly((long) angles.length / head, 2L * head);
    for (int i = 0; i < angles.length; i++) {
      int at = i / head * 2 * head + i % head;
      assertThat(Math.sin(angles[i])).isCloseTo(expected[at], within(1e-6));
      assertThat(Math.cos(angles[i])).isCloseTo(expected[at + head], within(1e-6));
    }
  }

  @Tag("engine")
  @Test
  void startsAsTheReferenceDoes() {
    Primus net = Primus.of(new Primus.Size(48, 3, 4), PATCH);
    var heads = new RunningNetwork.Heads(1, 3, PATCH, false);
    try (RunningNetwork network = RunningNetwork.start(net, heads, Device.cpu(), 1)) {
      Weights weights = network.weights();
      assertThat(deviation(weights.values("eva.blocks.2.attn.q_proj.weight")))
          .isCloseTo(0.02, within(0.002));
      assertThat(deviation(weights.values("eva.blocks.2.attn.proj.weight")))
          .isCloseTo(0.02 / Math.sqrt(6), within(0.001));
      assertThat(deviation(weights.values("eva.blocks.0.mlp.fc2.weight")))
          .isCloseTo(0.02 / Math.sqrt(2), within(0.001));
      assertThat(deviation(weights.values("eva.pos_embed"))).isCloseTo(0.02, within(0.004));
      assertThat(deviation(weights.values("down_projection.proj.weight")))
          .isCloseTo(Math.sqrt(2 / 1.0001 / 512), within(0.002));
      assertThat(weights.values("eva.blocks.1.gamma_1")).containsOnly(0.1f);
      assertThat(weights.values("eva.blocks.1.norm2.weight")).containsOnly(1f);
      assertThat(weights.values("up_projection.decode.0.1.weight")).containsOnly(1f);
      assertThat(weights.values("eva.blocks.1.attn.q_proj.bias")).containsOnly(0f);
    }
  }

  private static double deviation(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum / values.length);
  }

  @Test
  void refusesWhatCannotBe() {
    for (Runnable wrong :
        List.<Runnable>of(
            () -> new Primus.Size(10, 2, 2),
            () -> new Primus.Size(12, 0, 2),
            () -> Primus.of(Primus.Size.small(), Extent.of(16, 16)),
            () -> Primus.of(Primus.Size.small(), Extent.of(16, 16, 12)),
            () -> new Primus(Primus.Size.small(), Primus.Embedding.PATCHES, PATCH, 1))) {
      assertThatThrownBy(wrong::run).isInstanceOf(IllegalArgumentException.class);
    }
  }

  static Stream<GoldenCase> embeddings() throws IOException {
    return GoldenCase.read("v2-primus-embeddings.json");
  }

  /** The weights are too many to be stored: they follow from their place. */
  private static Weights weights(JsonNode json) {
    Weights.Builder weights = Weights.builder();
    for (Map.Entry<String, JsonNode> entry : json.get("state_dict").properties()) {
      String name = entry.getKey();
      long[] shape = GoldenCase.ints(entry.getValue()).stream().mapToLong(i -> i).toArray();
      long size = 1;
      for (long axis : shape) {
        size *= axis;
      }
      float[] values = new float[(int) size];
      long place = json.get("index").get(name).asLong();
      double fanIn = shape.length > 0 ? (double) size / shape[0] : 1;
      for (int i = 0; i < size; i++) {
        double p = ((7919L * i + 104729L * place) % 1001 - 500) / 500.0;
        values[i] =
            (float)
                (name.equals("mask_token")
                    ? 0
                    : shape.length == 0
                        ? 0.5
                        : shape.length > 1
                            ? 2 * p / Math.sqrt(fanIn)
                            : name.endsWith("weight") ? 1 + 0.2 * p : 0.2 * p);
      }
      weights.put(name, values, shape);
    }
    return weights.build();
  }

  @Tag("engine")
  @ParameterizedTest
  @MethodSource("embeddings")
  void otherEmbeddingsEqualTheReference(GoldenCase golden) throws IOException {
    JsonNode json = golden.json();
    Primus net = GoldenPrimus.topology(json);
    var heads = new RunningNetwork.Heads(1, 3, net.patch(), false);
    try (RunningNetwork network = RunningNetwork.load(net, heads, Device.cpu(), weights(json));
        NDManager step = network.manager().newSubManager()) {
      assertThat(network.parameters().keySet())
          .containsExactlyElementsOf(
              json.get("state_dict").properties().stream().map(Map.Entry::getKey).toList());
      assertThat(network.trainable().stream().mapToLong(p -> p.getShape().size()).sum())
          .isEqualTo(json.get("parameters").asLong());
      NDArray x = GoldenNetworksTest.array(step, golden.tensors().get("input"));
      x.setRequiresGradient(true);
      try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
        NDArray y = network.forward(x, false).get(0);
        GoldenNetworksTest.close(y, golden.tensors().get("output"), "output");
        gradients.backward(y.mul(GoldenNetworksTest.lossWeights(step, y, 0)).sum());
      }
      GoldenNetworksTest.close(
          x.getGradient(), golden.tensors().get("grad/input"), "gradient of the input");
      // the instance norms see 4 voxels: single precision of the reference itself is 6e-4 away
      GoldenNetworksTest.compareNorms(network, json, 3e-3);
    }
  }

  @Tag("engine")
  @Test
  void otherEmbeddingsHaveAsManyParametersAsTheReference() throws IOException {
    Map<String, Primus.Size> sizes =
        Map.of(
            "S", Primus.Size.small(),
            "B", Primus.Size.base(),
            "M", Primus.Size.medium(),
            "L", Primus.Size.large());
    JsonNode counts =
        Json.read(Path.of("src/test/resources/golden/networks/v2-primus-embeddings.json"))
            .get("counts");
    assertThat(counts).hasSize(8);
    for (JsonNode count : counts) {
      String name = count.get("name").asText();
      Primus net =
          Primus.of(sizes.get(name.substring(name.length() - 1)), Extent.of(96, 96, 96))
              .with(
                  name.contains("V2")
                      ? Primus.Embedding.RESIDUAL
                      : Primus.Embedding.RESIDUAL_SKIPS);
      assertThat(FeatureMapsTest.parameters(net, 1, 3))
          .as(name)
          .isEqualTo(count.get("parameters").asLong());
    }
  }
}
