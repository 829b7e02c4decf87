package io.github.nnunet4j.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.nnunet4j.dataset.Channel;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.dataset.Region;
import io.github.nnunet4j.fingerprint.Fingerprint;
import io.github.nnunet4j.fingerprint.FingerprintJson;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.samples.planners.PlannerRows;
import io.github.nnunet4j.samples.trainers.TrainerRow.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Plans of the reference's own planners, every case of them. */
class PlannerGoldenTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden/planning");

  static Stream<Arguments> cases() throws IOException {
    Map<String, JsonNode> inputs = new HashMap<>();
    Json.read(FOLDER.resolve("v2_inputs.json"))
        .get("cases")
        .forEach(input -> inputs.put(input.get("id").asText(), input));
    return StreamSupport.stream(
            Json.read(FOLDER.resolve("v2_plans.json")).get("cases").spliterator(), false)
        .map(
            golden ->
                Arguments.of(
                    golden.get("id").asText(), golden, inputs.get(golden.get("input").asText())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void planEqualsTheReference(String id, JsonNode golden, JsonNode input) throws IOException {
    Plan plan = plan(golden, input);
    ObjectNode written = (ObjectNode) Json.parse(PlanCodec.standard().encode(plan));
    // what nnU-Net leaves alone
    assertThat(written.remove(OriginJson.KEY)).isNotNull();
    assertSame("$", golden.get("plans"), written);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void plansSurviveReadingAndWriting(String id, JsonNode golden, JsonNode input)
      throws IOException {
    PlanCodec codec = PlanCodec.standard();
    Plan plan = codec.decode(Json.text(golden.get("plans")));
    assertSame("$", golden.get("plans"), Json.parse(codec.encode(plan)));
    assertThat(codec.decode(codec.encode(plan))).isEqualTo(plan);
  }

  @Test
  void planningTakesLessThanFiftyMillisecondsOnceWarm() throws IOException {
    List<Arguments> all = cases().toList();
    for (int round = 0; round < 2; round++) {
      for (Arguments one : all) {
        plan((JsonNode) one.get()[1], (JsonNode) one.get()[2]);
      }
    }
    List<Double> milliseconds = new ArrayList<>();
    for (Arguments one : all) {
      long start = System.nanoTime();
      plan((JsonNode) one.get()[1], (JsonNode) one.get()[2]);
      milliseconds.add((System.nanoTime() - start) / 1e6);
    }
    milliseconds.sort(null);
    // the slowest may have met a pause of the machine
    assertThat(milliseconds.get(milliseconds.size() * 95 / 100)).isLessThan(50);
  }

  static Plan plan(JsonNode golden, JsonNode input) throws IOException {
    Fingerprint fingerprint = FingerprintJson.parse(Json.text(input.get("fingerprint")));
    return planner(golden)
        .plan(fingerprint, input(input, golden.get("plans").get("image_reader_writer").asText()));
  }

  private static Planner planner(JsonNode golden) {
    Planner planner = PlannerRows.find(Version.V2, golden.get("planner").asText()).asReleased();
    Planner.Builder builder = planner.toBuilder();
    for (Map.Entry<String, JsonNode> argument : golden.get("arguments").properties()) {
      JsonNode value = argument.getValue();
      switch (argument.getKey()) {
        case "suppress_transpose" -> builder.transposes(!value.asBoolean());
        case "plans_name" -> builder.plansName(value.asText());
        case "preprocessor_name" -> builder.preprocessor(value.asText());
        case "gpu_memory_target_in_gb" ->
            builder.memory(planner.rules().memory.withTarget(value.asDouble()));
        case "overwrite_target_spacing" ->
            builder.spacing(
                SpacingRules.fixed(
                    Spacing.millimetres(
                        value.get(0).asDouble(),
                        value.get(1).asDouble(),
                        value.get(2).asDouble())));
        default -> throw new IllegalStateException(argument.getKey());
      }
    }
    return builder.build();
  }

  private static PlannerInput input(JsonNode input, String reader) {
    JsonNode json = input.get("dataset_json");
    List<Channel> channels = new ArrayList<>();
    JsonNode names = json.has("channel_names") ? json.get("channel_names") : json.get("modality");
    names.forEach(name -> channels.add(new Channel(name.asText())));
    Map<String, Region> labels = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> label : json.get("labels").properties()) {
      JsonNode value = label.getValue();
      labels.put(
          label.getKey(),
          value.isArray()
              ? Region.of(
                  StreamSupport.stream(value.spliterator(), false)
                      .mapToInt(JsonNode::asInt)
                      .toArray())
              : Region.label(value.asInt()));
    }
    List<Integer> order = new ArrayList<>();
    json.path("regions_class_order").forEach(label -> order.add(label.asInt()));
    return new PlannerInput(
        input.get("dataset_name").asText(),
        channels,
        Labels.ofRegions(labels, order),
        json.get("numTraining").asInt(),
        reader);
  }

  static void assertSame(String path, JsonNode expected, JsonNode actual) {
    if (expected instanceof ObjectNode) {
      List<String> keys = new ArrayList<>();
      expected.fieldNames().forEachRemaining(keys::add);
      List<String> found = new ArrayList<>();
      actual.fieldNames().forEachRemaining(found::add);
      assertThat(found).as(path).containsExactlyInAnyOrderElementsOf(keys);
      keys.forEach(key -> assertSame(path + "." + key, expected.get(key), actual.get(key)));
    } else if (expected.isArray()) {
      assertThat(actual.size()).as(path).isEqualTo(expected.size());
      for (int i = 0; i < expected.size(); i++) {
        assertSame(path + "[" + i + "]", expected.get(i), actual.get(i));
      }
    } else if (expected.isNumber()) {
      assertThat(actual.isNumber()).as(path).isTrue();
      assertThat(actual.asDouble())
          .as(path)
          .isCloseTo(
              expected.asDouble(),
              org.assertj.core.api.Assertions.offset(1e-12 * Math.abs(expected.asDouble())));
    } else {
      assertThat(actual).as(path).isEqualTo(expected);
    }
  }
}
