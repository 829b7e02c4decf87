package io.github.nnunet4j.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.nnunet4j.error.PlanException;
import io.github.nnunet4j.fingerprint.Fingerprint;
import io.github.nnunet4j.fingerprint.FingerprintJson;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.internal.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans say where they came from and why they are what they are. */
class PlanExplanationTest {
  private static final Path TEXTS = Path.of("src/test/resources/plan");
  private static final Path WANTED = Path.of("target/plan");

  /** The plan of the default planner for a data set of the golden inputs. */
  private static Plan plan(String input) throws IOException {
    for (Arguments one : PlannerGoldenTest.cases().toList()) {
      JsonNode golden = (JsonNode) one.get()[1];
      if (golden.get("input").asText().equals(input)
          && golden.get("planner").asText().equals("ExperimentPlanner")
          && golden.get("arguments").isEmpty()) {
        return PlannerGoldenTest.plan(golden, (JsonNode) one.get()[2]);
      }
    }
    throw new IllegalArgumentException(input);
  }

  private static Plan withoutOrigin(Plan plan) throws IOException {
    ObjectNode json = (ObjectNode) Json.parse(PlanCodec.standard().encode(plan));
    json.remove(OriginJson.KEY);
    return PlanCodec.standard().decode(Json.text(json));
  }

  private static void assertText(String name, String text) throws IOException {
    String actual = text.replace(System.lineSeparator(), "\n");
    Path file = TEXTS.resolve(name);
    String expected = Files.exists(file) ? Files.readString(file) : "";
    if (!actual.equals(expected)) {
      Files.createDirectories(WANTED);
      Files.writeString(WANTED.resolve(name), actual);
    }
    assertThat(actual).as("look at %s, then copy it over %s", WANTED, file).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"f04", "f39", "f10"})
  void thePlanExplainsItself(String input) throws IOException {
    Plan plan = plan(input);
    assertText("explained_" + input + ".txt", plan.explain());
    Plan read = PlanCodec.standard().decode(PlanCodec.standard().encode(plan));
    assertThat(read.explain()).isEqualTo(plan.explain());
  }

  @Test
  void aPlanWithoutReasonsSaysWhatItShows() throws IOException {
    assertText("shown.txt", withoutOrigin(plan("f39")).explain());
  }

  @Test
  void whatWasChangedSinceIsSaid() throws IOException {
    Plan plan = plan("f39");
    int batch = plan.configuration("3d_fullres").batchSize();
    String text =
        plan.with("3d_fullres", c -> c.batchSize(batch + 7))
            .inheriting("mine", "3d_fullres", c -> c.batchSize(1))
            .explain();
    assertThat(text)
        .contains("batch: " + (batch + 7), "changed since it was planned as " + batch)
        .contains("mine, inherits from 3d_fullres", "as 3d_fullres")
        .contains("voxels in a step");
  }

  @Test
  void theOriginIsWrittenAndReadAndMakesNoOtherPlan() throws IOException {
    Plan plan = plan("f04");
    PlanOrigin origin = plan.origin().orElseThrow();
    assertThat(origin.planner()).contains("ExperimentPlanner");
    assertThat(origin.fingerprint()).matches("[0-9a-f]{64}");
    PlanCodec codec = PlanCodec.standard();
    assertThat(codec.decode(codec.encode(plan)).origin()).hasValue(origin);
    Plan without = withoutOrigin(plan);
    assertThat(without.origin()).isEmpty();
    assertThat(without).isEqualTo(plan).hasSameHashCodeAs(plan);
    assertThat(plan.with("2d", c -> c.patch(Extent.of(64, 64))).origin()).hasValue(origin);
  }

  @Test
  void theOriginKnowsItsFingerprint() throws IOException {
    for (Arguments one : PlannerGoldenTest.cases().limit(3).toList()) {
      JsonNode input = (JsonNode) one.get()[2];
      Fingerprint fingerprint = FingerprintJson.parse(Json.text(input.get("fingerprint")));
      Plan plan = PlannerGoldenTest.plan((JsonNode) one.get()[1], input);
      PlanOrigin origin = plan.origin().orElseThrow();
      assertThat(origin.isFrom(fingerprint)).isTrue();
      Fingerprint other =
          new Fingerprint(
              fingerprint.extents(), fingerprint.spacings(), fingerprint.intensities(), 0.123);
      assertThat(origin.isFrom(other)).isFalse();
    }
  }

  @Test
  void aBrokenOriginIsNamed() throws IOException {
    ObjectNode json = (ObjectNode) Json.parse(PlanCodec.standard().encode(plan("f04")));
    ObjectNode reasons = (ObjectNode) json.get(OriginJson.KEY).get("reasons");
    ((ObjectNode) reasons.get("2d")).putObject("colour");
    assertThatThrownBy(() -> PlanCodec.standard().decode(Json.text(json)))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("$.nnunet4j_origin.reasons.2d.colour")
        .hasMessageContaining("[spacing, stages, patch, network, batch]");
  }

  @Test
  void aRuleOfTheUsersIsCalledThat() throws IOException {
    assertThat(PlanText.rule((SpacingRule) f -> null)).isEqualTo("a rule of the user's");
    assertThat(PlanText.rule(SpacingRules.median())).startsWith("the rule Median");
    assertThat(List.of(PlanText.number(0.5), PlanText.number(20), PlanText.number(1234567)))
        .containsExactly("0.5", "20", "1,234,567");
  }
}
