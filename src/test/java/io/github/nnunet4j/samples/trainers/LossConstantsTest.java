package io.github.nnunet4j.samples.trainers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.Experiment;
import io.github.nnunet4j.internal.Safetensors;
import io.github.nnunet4j.loss.DeepSupervision;
import io.github.nnunet4j.loss.GoldenLoss;
import io.github.nnunet4j.loss.LossFunction;
import io.github.nnunet4j.loss.Losses;
import io.github.nnunet4j.loss.Target;
import io.github.nnunet4j.samples.trainers.TrainerRow.Version;
import io.github.nnunet4j.train.Progress;
import io.github.nnunet4j.train.TrainerConfig;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The loss of each row on fixed batches, its gradient, and the weights of the outputs. */
@Tag("engine")
class LossConstantsTest {
  private static final Map<Version, String> FILES =
      Map.of(Version.V1, "v1_trainer_losses", Version.V2, "v2_trainer_losses");

  /** Classes whose loss is set by the same words as that of another one. */
  private static final Map<String, String> SAME_LOSS =
      Map.of(
          "nnUNetTrainerV2BraTSRegions_DA3", "nnUNetTrainerV2BraTSRegions",
          "nnUNetTrainerV2BraTSRegions_DA3_BN", "nnUNetTrainerV2BraTSRegions",
          "nnUNetTrainerV2BraTSRegions_DA4_BN", "nnUNetTrainerV2BraTSRegions",
          "nnUNetTrainerV2BraTSRegions_DA3_BN_BD", "nnUNetTrainerV2BraTSRegions_DA3_BD",
          "nnUNetTrainerV2BraTSRegions_DA4_BN_BD", "nnUNetTrainerV2BraTSRegions_DA3_BD",
          "nnUNetTrainerV2_5epochs_CEnoDS", "nnUNetTrainerV2_Loss_CE",
          "nnUNetTrainerV2_5epochs_dummyLoadCEnoDS", "nnUNetTrainerV2_Loss_CE",
          "nnUNetTrainerV2_DP", "nnUNetTrainerV2_DDP",
          "nnUNetTrainerCELoss_5epochs", "nnUNetTrainerCELoss");

  /** A recorded value for the row of a name. */
  record Constant(Version version, String trainer, GoldenLoss golden) {
    /** What the base class gives for the same batch and plan. */
    boolean isDefault() {
      String base = version == Version.V1 ? "nnUNetTrainerV2" : "nnUNetTrainer";
      return goldens(version)
          .anyMatch(
              other ->
                  other.loss().equals(base)
                      && other.sameBatch(golden)
                      && batchDice(other) == batchDice(golden)
                      && other.value().equals(golden.value()));
    }
  }

  static Stream<Constant> constants() {
    return Stream.of(Version.values())
        .flatMap(version -> goldens(version).flatMap(golden -> constants(version, golden)));
  }

  private static Stream<GoldenLoss> goldens(Version version) {
    return GoldenLoss.read(FILES.get(version));
  }

  private static Stream<Constant> constants(Version version, GoldenLoss golden) {
    String trainer = golden.loss().replace(".compute_loss", "");
    return Stream.concat(
            Stream.of(trainer),
            SAME_LOSS.entrySet().stream()
                .filter(same -> same.getValue().equals(trainer) && isOf(version, same.getKey()))
                .map(Map.Entry::getKey))
        .map(name -> new Constant(version, name, golden));
  }

  private static boolean isOf(Version version, String name) {
    return Trainers.rows().anyMatch(r -> r.version() == version && r.names().contains(name));
  }

  /** The rows whose loss differs from that of the default in at least one batch. */
  static Set<String> proven() {
    Set<String> proven =
        constants()
            .filter(c -> !c.isDefault())
            .map(c -> c.version() + " " + c.trainer())
            .collect(Collectors.toCollection(HashSet::new));
    proven.add("V1 nnUNetTrainerV2_softDeepSupervision");
    trainersOfVersion1()
        .filter(name -> !hasDeepSupervision(name))
        .forEach(name -> proven.add("V1 " + name));
    return proven;
  }

  @ParameterizedTest
  @MethodSource("constants")
  void valueAndGradientEqualTheReference(Constant constant) throws IOException {
    GoldenLoss golden = constant.golden();
    TrainerConfig config = settings(constant);
    if (golden.options().has("lr0") && golden.loss().equals(constant.trainer())) {
      assertThat(config.schedule().at(new Progress(0, config.epochs())).learningRate())
          .isEqualTo(golden.options().get("lr0").doubleValue());
    }
    golden.compare(
        config.loss().at(0), GoldenLoss.tensors("inputs"), GoldenLoss.tensors(golden.file()));
  }

  private static boolean batchDice(GoldenLoss golden) {
    return golden.options().path("plan_batch_dice").asBoolean();
  }

  private static TrainerConfig settings(Constant constant) {
    GoldenLoss golden = constant.golden();
    Experiment experiment =
        golden.regions() ? SmallExperiments.regions() : SmallExperiments.volumes();
    TrainerRow row = Trainers.find(constant.version(), constant.trainer());
    return SmallExperiments.settings(
        row, SmallExperiments.batchDice(experiment, batchDice(golden)));
  }

  @Test
  void crossEntropyFadesIntoDice() throws IOException {
    TrainerRow row = Trainers.find(Version.V1, "nnUNetTrainerV2_graduallyTransitionFromCEToDice");
    Experiment experiment = SmallExperiments.batchDice(SmallExperiments.volumes(), false);
    LossFunction loss = SmallExperiments.settings(row, experiment).loss();
    LossFunction dice = Losses.dice(false, false, 1e-5).asInV1();
    GoldenLoss any = goldens(Version.V1).filter(golden -> !golden.regions()).findFirst().get();
    Safetensors.Content inputs = GoldenLoss.tensors("inputs");
    try (NDManager manager = NDManager.newBaseManager()) {
      var logits = any.logits(manager, inputs, "");
      Target target = any.target(manager, inputs, "");
      double overlap = dice.evaluate(logits, target).getFloat();
      double entropy = Losses.crossEntropy().evaluate(logits, target).getFloat();
      for (JsonNode fact : Reference.cases("losses", "v1_ce_to_dice")) {
        double progress = fact.get("epoch").intValue() / 1000.0;
        double expected =
            fact.get("weight_ce").doubleValue() * entropy
                + fact.get("weight_dice").doubleValue() * overlap;
        assertThat((double) loss.at(progress).evaluate(logits, target).getFloat())
            .as("%s", fact)
            .isCloseTo(expected, within(1e-5));
      }
    }
  }

  static Stream<String> trainersOfVersion1() {
    return Reference.cases("networks", "v1-trainers").stream()
        .flatMap(fact -> Reference.list(fact.get("trainers")).stream())
        .map(JsonNode::textValue)
        .filter(name -> isOf(Version.V1, name));
  }

  @ParameterizedTest
  @MethodSource("trainersOfVersion1")
  void deepSupervisionIsThatOfVersion1(String name) {
    TrainerRow row = Trainers.find(Version.V1, name);
    if (row.edits().isEmpty()) {
      return;
    }
    Experiment experiment = row.on(SmallExperiments.volumes());
    Optional<DeepSupervision> found = row.settings(experiment).build().deepSupervision();
    assertThat(found.isPresent()).isEqualTo(hasDeepSupervision(name));
    if (found.isPresent()) {
      int outputs = experiment.configuration().topology().scales().size();
      assertThat(found.get().weights())
          .isEqualTo(
              name.contains("Resenc")
                  ? weights(outputs + 1).subList(0, outputs)
                  : weights(outputs));
      assertThat(found.get().softTargets()).isEqualTo(name.contains("soft"));
    }
  }

  @Test
  void coarseOutputsLearnSharesOfClasses() {
    TrainerRow row = Trainers.find(Version.V1, "nnUNetTrainerV2_softDeepSupervision");
    Experiment experiment = row.on(SmallExperiments.volumes());
    DeepSupervision found = row.settings(experiment).build().deepSupervision().get();
    assertThat(found.softTargets()).isTrue();
    assertThat(found.weights())
        .isEqualTo(weights(experiment.configuration().topology().scales().size()));
  }

  private static boolean hasDeepSupervision(String name) {
    return Reference.cases("networks", "v1-trainers").stream()
        .filter(
            fact ->
                Reference.list(fact.get("trainers")).stream()
                    .anyMatch(n -> n.textValue().equals(name)))
        .findFirst()
        .map(fact -> fact.get("results").get(0).get("deep_supervision").booleanValue())
        .get();
  }

  private static List<Double> weights(int outputs) {
    return Reference.list(Reference.facts("losses", "v1_deep_supervision").get("weights")).stream()
        .filter(f -> f.get("outputs").intValue() == outputs)
        .findFirst()
        .map(f -> Reference.list(f.get("weights")).stream().map(JsonNode::doubleValue).toList())
        .get();
  }
}
