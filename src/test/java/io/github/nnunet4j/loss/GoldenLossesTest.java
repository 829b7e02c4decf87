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
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("engine")
class GoldenLossesTest {
  private static final Map<String, Safetensors.Content> TENSORS = new HashMap<>();

  @BeforeAll
  static void readTensors() throws IOException {
    for (String file : List.of("inputs", "v2_losses", "v2_trainer_losses", "v2_deep_supervision")) {
      TENSORS.put(file, GoldenLoss.tensors(file));
    }
  }

  @AfterAll
  static void forgetTensors() {
    TENSORS.clear();
  }

  /** Clipped true positives are the one option that no trainer uses and this library lacks. */
  static Stream<GoldenLoss> losses() throws IOException {
    return GoldenLoss.read("v2_losses").filter(golden -> !golden.options().has("clip_tp"));
  }

  static Stream<GoldenLoss> trainers() throws IOException {
    return Stream.concat(
        GoldenLoss.read("v2_trainer_losses"), GoldenLoss.read("v2_deep_supervision"));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void valuesAndGradientsEqualTheReference(GoldenLoss golden) {
    golden.compare(build(golden), TENSORS.get("inputs"), TENSORS.get(golden.file()));
  }

  @ParameterizedTest
  @MethodSource("trainers")
  void valuesAndGradientsEqualTheTrainers(GoldenLoss golden) {
    golden.compare(ofTrainer(golden), TENSORS.get("inputs"), TENSORS.get(golden.file()));
  }

  @Test
  void deepSupervisionWeightsEqualTheReference() throws IOException {
    for (JsonNode fact : GoldenLoss.facts("v2_deep_supervision").get("weights")) {
      if (!fact.get("several_processes").asBoolean()) {
        int outputs = fact.get("outputs").asInt();
        List<Double> expected = outputs == 1 ? List.of(1.0) : doubles(fact.get("weights"));
        assertThat(DeepSupervision.weights(outputs)).hasSameSizeAs(expected);
        for (int i = 0; i < outputs; i++) {
          assertThat(DeepSupervision.weights(outputs).get(i))
              .isCloseTo(expected.get(i), offset(1e-15));
        }
      }
    }
  }

  private static LossFunction build(GoldenLoss golden) {
    JsonNode o = golden.options();
    double weightCe = o.path("weight_ce").asDouble(1);
    double weightDice = o.path("weight_dice").asDouble(1);
    return switch (golden.loss()) {
      case "MemoryEfficientSoftDiceLoss", "SoftDiceLoss" -> dice(o);
      case "RobustCrossEntropyLoss" -> crossEntropy(o);
      case "TopKLoss" -> topK(o);
      case "DC_and_CE_loss" ->
          weighted(dice(o.get("soft_dice")), weightDice, crossEntropy(o.get("ce")), weightCe);
      case "DC_and_topk_loss" ->
          weighted(dice(o.get("soft_dice")), weightDice, topK(o.get("ce")), weightCe);
      case "DC_and_BCE_loss" ->
          weighted(dice(o.get("soft_dice")), weightDice, bce(o.get("bce")), weightCe);
      default -> throw new IllegalStateException(golden.loss());
    };
  }

  private static LossFunction weighted(LossFunction a, double wa, LossFunction b, double wb) {
    return a.times(wa).plus(b.times(wb));
  }

  private static Dice dice(JsonNode o) {
    return Losses.dice(
        o.path("batch_dice").asBoolean(false),
        o.path("do_bg").asBoolean(true),
        o.path("smooth").asDouble(1));
  }

  private static CrossEntropy crossEntropy(JsonNode o) {
    return Losses.crossEntropy()
        .withClassWeights(doubles(o.path("weight")))
        .withLabelSmoothing(o.path("label_smoothing").asDouble(0));
  }

  private static TopK topK(JsonNode o) {
    return new TopK(o.path("k").asDouble(10) / 100, crossEntropy(o));
  }

  private static LossFunction bce(JsonNode o) {
    assertThat(o).isEmpty();
    return Losses.bce();
  }

  private static LossFunction ofTrainer(GoldenLoss golden) {
    boolean batchDice = golden.options().path("plan_batch_dice").asBoolean();
    boolean regions = golden.regions();
    Dice dice = Losses.dice(batchDice, regions, 1e-5);
    LossFunction second = regions ? Losses.bce() : Losses.crossEntropy();
    return switch (golden.loss()) {
      case "nnUNetTrainer" -> dice.plus(second);
      case "nnUNetTrainerCELoss", "RobustCrossEntropyLoss" -> Losses.crossEntropy();
      case "nnUNetTrainerDiceLoss" -> dice;
      case "nnUNetTrainerDiceCELoss_noSmooth" -> dice.withSmooth(0).plus(second);
      case "nnUNetTrainerTopk10Loss" -> Losses.topK(0.1);
      case "nnUNetTrainerTopk10LossLS01" ->
          new TopK(0.1, Losses.crossEntropy().withLabelSmoothing(0.1));
      case "nnUNetTrainerDiceTopK10Loss" -> dice.plus(Losses.topK(0.1));
      default -> throw new IllegalStateException(golden.loss());
    };
  }

  private static List<Double> doubles(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asDouble).toList();
  }
}
