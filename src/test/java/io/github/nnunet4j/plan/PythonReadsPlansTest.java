package io.github.nnunet4j.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.network.UNet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.Arguments;

/**
 * nnU-Net itself opens the plans written here, finds everything they name and builds the networks.
 * Runs where the system property says which Python has nnU-Net v2 installed.
 */
@EnabledIfSystemProperty(named = "nnunet.python", matches = ".+")
@Timeout(600)
class PythonReadsPlansTest {
  private static final Path SCRIPT = Path.of("src/test/resources/python/read_plans.py");

  @TempDir Path folder;

  @Test
  void pythonUnderstandsEveryConfigurationAsItWasWritten() throws Exception {
    Map<String, Plan> plans = plans();
    for (Map.Entry<String, Plan> plan : plans.entrySet()) {
      PlanCodec.standard().write(plan.getValue(), folder.resolve(plan.getKey()));
    }
    List<JsonNode> understood = python();
    int configurations = 0;
    for (Plan plan : plans.values()) {
      configurations += plan.configurations().size();
    }
    assertThat(understood).hasSize(configurations);
    for (JsonNode facts : understood) {
      Plan plan = plans.get(facts.get("file").asText());
      assertSame(facts, plan.configuration(facts.get("configuration").asText()));
    }
  }

  /** One of each planner and number of configurations, and one edited by hand. */
  private static Map<String, Plan> plans() throws IOException {
    Map<String, Plan> plans = new LinkedHashMap<>();
    Set<String> kinds = new HashSet<>();
    for (Arguments one : PlannerGoldenTest.cases().toList()) {
      JsonNode golden = (JsonNode) one.get()[1];
      int configurations = golden.get("plans").get("configurations").size();
      if (kinds.add(golden.get("planner").asText() + " " + configurations)) {
        Plan plan = PlannerGoldenTest.plan(golden, (JsonNode) one.get()[2]);
        plans.put("plan" + plans.size() + ".json", plan);
      }
    }
    Plan first = plans.values().iterator().next();
    String parent = first.names().get(first.names().size() - 1);
    plans.put(
        "edited.json",
        first
            .inheriting(parent + "_heir", parent, c -> c.batchSize(7))
            .with("2d", c -> c.batchDice(false)));
    return plans;
  }

  private List<JsonNode> python() throws Exception {
    Path out = folder.resolve("out.txt");
    Path errors = folder.resolve("errors.txt");
    Process process =
        new ProcessBuilder(
                System.getProperty("nnunet.python"), SCRIPT.toString(), folder.toString())
            .redirectOutput(out.toFile())
            .redirectError(errors.toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(out)) {
      if (line.startsWith("{")) { // nnU-Net prints greetings
        lines.add(Json.parse(line));
      }
    }
    return lines;
  }

  private static void assertSame(JsonNode python, Configuration c) {
    String at = python.get("file").asText() + " " + c.name();
    assertThat(ints(python.get("patch_size"))).as(at).isEqualTo(c.patch().toArray());
    assertThat(python.get("batch_size").asInt()).as(at).isEqualTo(c.batchSize());
    assertThat(python.get("batch_dice").asBoolean()).as(at).isEqualTo(c.batchDice());
    assertThat(doubles(python.get("spacing")))
        .as(at)
        .isEqualTo(c.recipe().targetSpacing().toArray());
    assertThat(doubles(python.get("median")))
        .as(at)
        .isEqualTo(c.medianSize().stream().mapToDouble(Double::doubleValue).toArray());
    assertThat(python.get("data_identifier").asText()).as(at).isEqualTo(c.dataIdentifier());
    assertThat(python.get("normalizations").asInt()).isEqualTo(c.recipe().channels().size());
    assertThat(python.get("previous_stage").asText("none"))
        .as(at)
        .isEqualTo(c.previousStage().orElse("none"));
    UNet network = (UNet) c.topology();
    assertThat(python.get("network").asText())
        .as(at)
        .isEqualTo(
            network.encoder() == UNet.Encoder.RESIDUAL ? "ResidualEncoderUNet" : "PlainConvUNet");
    assertThat(python.get("stages").asInt()).as(at).isEqualTo(network.stages());
    assertThat(python.get("parameters").asLong()).as(at).isPositive();
  }

  private static int[] ints(JsonNode list) {
    return Arrays.stream(doubles(list)).mapToInt(value -> (int) value).toArray();
  }

  private static double[] doubles(JsonNode list) {
    double[] out = new double[list.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = list.get(i).asDouble();
    }
    return out;
  }
}
