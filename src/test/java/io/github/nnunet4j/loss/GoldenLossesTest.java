package io.github.nnunet4j.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.internal.Safetensors;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("engine")
class GoldenLossesTest {
  private static final Map<String, Safetensors.Content> TENSORS = new HashMap<>();

  @BeforeAll
  static void readTensors() throws IOException {
    for (String file :
        List.of(
            "inputs",
            "v1_losses",
            "v1_trainer_losses",
            "v1_deep_supervision",
            "v2_losses",
            "v2_trainer_losses",
            "v2_deep_supervision")) {
      TENSORS.put(file, GoldenLoss.tensors(file));
    }
  }

  @AfterAll
  static void forgetTensors() {
    TENSORS.clear();
  }

  static Stream<GoldenLoss> losses() {
    return Stream.of("v1_losses", "v1_deep_supervision", "v2_losses").flatMap(GoldenLoss::read);
  }

  static Stream<GoldenLoss> v1Trainers() {
    return GoldenLoss.read("v1_trainer_losses");
  }

  static Stream<GoldenLoss> v2Trainers() {
    return Stream.of("v2_trainer_losses", "v2_deep_supervision").flatMap(GoldenLoss::read);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void valuesAndGradientsEqualTheReference(GoldenLoss golden) {
    compare(golden, GoldenRecipes.ofClass(golden));
  }

  @ParameterizedTest
  @MethodSource("v1Trainers")
  void valuesAndGradientsEqualTheTrainersOfV1(GoldenLoss golden) {
    compare(golden, GoldenRecipes.ofV1Trainer(golden));
  }

  @ParameterizedTest
  @MethodSource("v2Trainers")
  void valuesAndGradientsEqualTheTrainersOfV2(GoldenLoss golden) {
    compare(golden, GoldenRecipes.ofV2Trainer(golden));
  }

  private static void compare(GoldenLoss golden, LossFunction loss) {
    golden.compare(loss, TENSORS.get("inputs"), TENSORS.get(golden.file()));
  }

  /** Without the variants for several processes. */
  @ParameterizedTest
  @ValueSource(strings = {"v1_deep_supervision", "v2_deep_supervision"})
  void deepSupervisionWeightsEqualTheReference(String file) throws IOException {
    for (JsonNode fact : GoldenLoss.facts(file).get("weights")) {
      if (!fact.path("several_processes").asBoolean()) {
        int outputs = fact.get("outputs").asInt();
        List<Double> expected =
            outputs == 1 ? List.of(1.0) : GoldenRecipes.doubles(fact.get("weights"));
        assertThat(DeepSupervision.weights(outputs)).hasSameSizeAs(expected);
        for (int i = 0; i < outputs; i++) {
          assertThat(DeepSupervision.weights(outputs).get(i))
              .isCloseTo(expected.get(i), offset(1e-15));
        }
      }
    }
  }

  @Test
  void crossEntropyFadesIntoDiceAsInTheReference() throws IOException {
    LossFunction loss = GoldenRecipes.transition(Losses.dice());
    for (JsonNode fact : GoldenLoss.facts("v1_ce_to_dice").get("cases")) {
      WeightedLoss now = (WeightedLoss) loss.at(fact.get("epoch").asInt() / 1000.0);
      List<LossFunction> parts = ((LossSum) now.loss()).parts();
      assertThat(now.weight() * ((WeightedLoss) parts.get(0)).weight())
          .isCloseTo(fact.get("weight_ce").asDouble(), offset(1e-12));
      assertThat(now.weight() * ((WeightedLoss) parts.get(1)).weight())
          .isCloseTo(fact.get("weight_dice").asDouble(), offset(1e-12));
    }
  }
}
