package io.github.nnunet4j.network;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.internal.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A network of the reference with its weights, inputs, outputs and gradients. */
record GoldenCase(JsonNode json) {
  private static final Path FOLDER = Path.of("src/test/resources/golden/networks");

  static Stream<GoldenCase> read(String file) throws IOException {
    return StreamSupport.stream(Json.read(FOLDER.resolve(file)).get("cases").spliterator(), false)
        .map(GoldenCase::new);
  }

  String name() {
    JsonNode network = json.path("network");
    return json.path("name").asText(network.asText() + " " + json.path("patch_size"));
  }

  /** The topology that the facts describe. */
  NetworkTopology topology() {
    return json.has("eva_depth") ? GoldenPrimus.topology(json) : network();
  }

  /** The U-Net that the facts describe. */
  UNet network() {
    return json.has("architecture") ? GoldenV2.network(json) : GoldenV1.network(json);
  }

  /** What goes in and out of the first result. */
  RunningNetwork.Heads heads() {
    List<Integer> shape = ints(json.get("inputs").get(0).get("shape"));
    Extent patch = Extent.of(shape.size() - 2, a -> shape.get(2 + a));
    JsonNode supervision = json.has("built") ? json.get("built") : json;
    return new RunningNetwork.Heads(
        json.get("input_channels").asInt(),
        json.get("num_classes").asInt(),
        patch,
        supervision.get("deep_supervision").asBoolean());
  }

  Safetensors.Content tensors() throws IOException {
    return Safetensors.read(FOLDER.resolve(json.get("file").asText()));
  }

  static List<Integer> ints(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false).map(JsonNode::asInt).toList();
  }

  static List<List<Integer>> lists(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false).map(GoldenCase::ints).toList();
  }

  /** A list of one number per stage, or a number for all. */
  static List<Integer> perStage(JsonNode node, int stages) {
    return node.isArray() ? ints(node) : Collections.nCopies(stages, node.asInt());
  }

  @Override
  public String toString() {
    return name();
  }
}
