package io.github.nnunet4j.samples.trainers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.Experiment;
import io.github.nnunet4j.preprocess.Resamplings;
import io.github.nnunet4j.preprocess.SeparateZ;
import io.github.nnunet4j.samples.trainers.TrainerRow.Version;
import io.github.nnunet4j.train.EpochResult;
import io.github.nnunet4j.train.Progress;
import io.github.nnunet4j.train.Rates;
import io.github.nnunet4j.train.TrainerConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lengths, devices, clipping, prediction and repetitions of the rows of v1. */
class SettingConstantsV1Test {
  private static final Experiment PLANNED = SmallExperiments.volumes();

  static Stream<JsonNode> cases() {
    return Reference.cases("trainers", "v1").stream();
  }

  static Stream<JsonNode> settings() {
    return cases().filter(c -> !c.has("repeats"));
  }

  static Stream<JsonNode> repetitions() {
    return cases().filter(c -> c.has("repeats"));
  }

  /** The rows of which something here differs from nnUNetTrainerV2, or that only repeat it. */
  static Set<String> proven() {
    JsonNode base = cases().findFirst().get();
    return cases()
        .filter(
            c ->
                c.has("repeats")
                    || c.has("devices")
                    || c.has("volumes_every")
                    || c.has("probability_order")
                    || Stream.of("epochs", "dummy", "clip_norm", "mirror")
                        .anyMatch(key -> c.has(key) && !c.get(key).equals(base.get(key))))
        .map(c -> "V1 " + name(c))
        .collect(Collectors.toSet());
  }

  private static String name(JsonNode golden) {
    return golden.get("trainer").textValue();
  }

  private static TrainerConfig settings(JsonNode golden) {
    return SmallExperiments.settings(Trainers.find(Version.V1, name(golden)), PLANNED);
  }

  @ParameterizedTest
  @MethodSource("settings")
  void countsEqualTheReference(JsonNode golden) {
    TrainerConfig config = settings(golden);
    assertThat(config.epochs()).isEqualTo(golden.get("epochs").intValue());
    assertThat(config.iterations()).isEqualTo(golden.path("iterations").asInt(250));
    assertThat(config.validationIterations())
        .isEqualTo(golden.path("validation_iterations").asInt(50));
    assertThat(config.dummyData()).isEqualTo(golden.path("dummy").asBoolean());
    double clip =
        golden.get("clip_norm").isNull()
            ? Double.POSITIVE_INFINITY
            : golden.get("clip_norm").doubleValue();
    assertThat(config.clipNorm()).isEqualTo(clip);
  }

  @ParameterizedTest
  @MethodSource("settings")
  void stepsAndMirroringEqualTheReference(JsonNode golden) {
    TrainerConfig config = settings(golden);
    assertThat(config.passes()).isEqualTo(golden.path("devices").asInt(1));
    assertThat(config.batchSize())
        .isEqualTo(golden.path("batch_factor").asInt(1) * PLANNED.configuration().batchSize());
    assertThat(config.mirrorAxes().isEmpty()).isNotEqualTo(golden.path("mirror").asBoolean(true));
  }

  @ParameterizedTest
  @MethodSource("repetitions")
  void repetitionsAreTheBaseClassButForTheSeed(JsonNode golden) {
    TrainerConfig base =
        SmallExperiments.settings(
            Trainers.find(Version.V1, golden.get("repeats").textValue()), PLANNED);
    TrainerConfig config = settings(golden);
    assertThat(config.toString().replace("seed=" + config.seed(), "seed=" + base.seed()))
        .isEqualTo(base.toString());
  }

  @Test
  void copiesHaveSeedsOfTheirOwn() {
    assertThat(repetitions().filter(c -> name(c).contains("copy")).map(c -> settings(c).seed()))
        .containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void volumesEndTheTrainingThatKnowsThemAll() {
    JsonNode golden = named("nnUNetTrainerV2_fullEvals");
    TrainerConfig config = settings(golden);
    assertThat(config.toString())
        .contains("every " + golden.get("volumes_every").intValue() + " epochs")
        .contains("Mirroring[]");
    double target = golden.get("stop_at").doubleValue();
    double[] published = {0.911, 0.8739, 0.7848};
    assertThat(target)
        .isCloseTo(0.97 * Arrays.stream(published).average().getAsDouble(), within(1e-6));
    assertThat(stops(config, target - 1e-5)).isFalse();
    assertThat(stops(config, target + 1e-5)).isTrue();
  }

  private static boolean stops(TrainerConfig config, double volumeDice) {
    EpochResult result =
        new EpochResult(
            0,
            Rates.of(0.01),
            new EpochResult.Loss(-0.5, Double.NaN),
            new EpochResult.Dice(List.of(), Double.NaN, Double.NaN, List.of(volumeDice)),
            new EpochResult.Time(1, 0));
    return config
        .stoppingRule()
        .get()
        .stops(new Progress(1, config.epochs(), List.of(result)), Rates.of(0.01));
  }

  @Test
  void probabilitiesAreResampledBySplinesAlongAllAxes() {
    JsonNode order = named("nnUNetTrainerV2_resample33").get("probability_order");
    Experiment experiment = Trainers.find(Version.V1, "nnUNetTrainerV2_resample33").on(PLANNED);
    assertThat(experiment.configuration().recipe().probabilityResampling())
        .isEqualTo(
            Resamplings.spline(
                order.get(0).intValue(),
                order.get(1).intValue(),
                SeparateZ.ofForce(order.get(2).booleanValue())))
        .isNotEqualTo(PLANNED.configuration().recipe().probabilityResampling());
    assertThat(experiment.configuration().recipe().imageResampling())
        .isEqualTo(PLANNED.configuration().recipe().imageResampling());
  }

  private static JsonNode named(String trainer) {
    return cases().filter(c -> name(c).equals(trainer)).findFirst().get();
  }
}
