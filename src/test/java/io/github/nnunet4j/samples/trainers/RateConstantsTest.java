package io.github.nnunet4j.samples.trainers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.Experiment;
import io.github.nnunet4j.samples.trainers.TrainerRow.Version;
import io.github.nnunet4j.train.EpochResult;
import io.github.nnunet4j.train.Progress;
import io.github.nnunet4j.train.Rates;
import io.github.nnunet4j.train.TrainerConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Optimizer, rates, momentum and the end of the training of each row. */
class RateConstantsTest {
  /** What a trainer class did with its rates. */
  record Constant(Version version, JsonNode golden) {
    String trainer() {
      return golden.get("trainer").textValue();
    }

    TrainerConfig settings() {
      Experiment experiment =
          golden.get("id").textValue().endsWith("/2D")
              ? SmallExperiments.slices()
              : SmallExperiments.volumes();
      return SmallExperiments.settings(Trainers.find(version, trainer()), experiment);
    }

    /** Whether the base class has the same optimizer, length, rates and momentum. */
    boolean isDefault() {
      String base = version == Version.V1 ? "nnUNetTrainerV2" : "nnUNetTrainer";
      return cases(version)
          .anyMatch(
              other ->
                  other.get("trainer").textValue().equals(base)
                      && other.get("optimizer").equals(golden.get("optimizer"))
                      && other.get("total_epochs").equals(golden.get("total_epochs"))
                      && other.path("momentum").equals(golden.path("momentum"))
                      && sharedRates(other, golden));
    }

    @Override
    public String toString() {
      return version + " " + golden.get("id").textValue();
    }
  }

  private static boolean sharedRates(JsonNode some, JsonNode others) {
    return IntStream.range(0, some.get("epochs").size())
        .allMatch(
            i ->
                IntStream.range(0, others.get("epochs").size())
                    .filter(k -> others.get("epochs").get(k).equals(some.get("epochs").get(i)))
                    .allMatch(k -> others.get("lr").get(k).equals(some.get("lr").get(i))));
  }

  private static Stream<JsonNode> cases(Version version) {
    String file = version == Version.V1 ? "v1_schedules" : "v2_schedules";
    return Reference.cases("optimization", file).stream().filter(c -> c.has("trainer"));
  }

  static Stream<Constant> constants() {
    return Stream.of(Version.values())
        .flatMap(version -> cases(version).map(golden -> new Constant(version, golden)));
  }

  static Stream<JsonNode> plateaus() {
    return Reference.cases("optimization", "v1_progress").stream()
        .filter(c -> c.has("trainer") && !c.has("resumed_at"));
  }

  /** The rows whose rates, momentum, optimizer or length differ from those of the default. */
  static Set<String> proven() {
    return Stream.concat(
            constants().filter(c -> !c.isDefault()).map(c -> c.version() + " " + c.trainer()),
            plateaus().map(c -> "V1 " + c.get("trainer").textValue()))
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @MethodSource("constants")
  void ratesAndMomentumEqualTheReference(Constant constant) {
    JsonNode golden = constant.golden();
    TrainerConfig config = constant.settings();
    int total = golden.get("total_epochs").intValue();
    double own = golden.get("optimizer").path("momentum").doubleValue();
    for (int i = 0; i < golden.get("epochs").size(); i++) {
      Progress progress = new Progress(golden.get("epochs").get(i).intValue(), total);
      Rates rates = config.schedule().at(progress);
      close(rates.learningRate(), golden.get("lr").get(i).doubleValue(), progress.toString());
      if (golden.has("momentum")) {
        assertThat(rates.momentum().orElse(own))
            .as("momentum, %s", progress)
            .isCloseTo(golden.get("momentum").get(i).doubleValue(), within(1e-14));
      }
    }
    if (golden.has("lr_after_last_epoch")) {
      double after = golden.get("lr_after_last_epoch").doubleValue();
      close(config.schedule().at(new Progress(total, total)).learningRate(), after, "at the end");
    }
  }

  private static void close(double found, double expected, String what) {
    assertThat(found).as(what).isCloseTo(expected, within(1e-15 + 1e-12 * expected));
  }

  @ParameterizedTest
  @MethodSource("constants")
  void optimizerEqualsTheReference(Constant constant) {
    assertThat(constant.settings().optimizer())
        .isEqualTo(Reference.optimizer(constant.golden().get("optimizer")));
  }

  @ParameterizedTest
  @MethodSource("constants")
  void lengthIsAmongThoseOfTheReference(Constant constant) {
    assertThat(cases(constant.version()).filter(c -> isOf(c, constant.trainer())))
        .extracting(c -> c.get("total_epochs").intValue())
        .contains(constant.settings().epochs());
  }

  private static boolean isOf(JsonNode golden, String trainer) {
    return golden.get("trainer").textValue().equals(trainer);
  }

  @ParameterizedTest
  @MethodSource("plateaus")
  void plateausLowerTheRateAndEndTheTraining(JsonNode golden) {
    TrainerRow row = Trainers.find(Version.V1, golden.get("trainer").textValue());
    TrainerConfig config = SmallExperiments.settings(row, SmallExperiments.volumes());
    int epochs = golden.get("max_num_epochs").intValue();
    int run = golden.get("epochs_run").intValue();
    List<EpochResult> history = new ArrayList<>();
    for (int e = 0; e < run; e++) {
      Rates rates = config.schedule().at(new Progress(e, epochs, history));
      assertThat(rates.learningRate())
          .as("rate of epoch %d", e)
          .isCloseTo(golden.get("lr").get(e).doubleValue(), within(1e-12));
      history.add(result(e, rates, golden.get("train_loss").get(e).doubleValue(), Double.NaN));
      Progress next = new Progress(e + 1, epochs, history);
      boolean last = !golden.get("stopped_after").isNull() && e == run - 1;
      assertThat(config.stoppingRule().get().stops(next, config.schedule().at(next)))
          .as("stops after %d", e)
          .isEqualTo(last);
    }
  }

  @Test
  void nothingLearnedByEpoch100LowersTheMomentum() {
    TrainerRow row = Trainers.find(Version.V1, "nnUNetTrainerV2");
    TrainerConfig config = SmallExperiments.settings(row, SmallExperiments.volumes());
    assertThat(config.toString()).contains("restart=").doesNotContain("restart=never");
    for (JsonNode golden : Reference.cases("optimization", "v1_epoch100")) {
      int epoch = golden.get("epoch").intValue();
      double metric = Reference.number(golden.get("metric"));
      List<EpochResult> history =
          IntStream.rangeClosed(0, epoch)
              .mapToObj(e -> result(e, Rates.of(0.01), -0.5, e == epoch ? metric : 0.1))
              .toList();
      Rates after = config.schedule().at(new Progress(epoch + 1, 1000, history));
      assertThat(after.momentum().orElse(0.99))
          .as("%s", golden)
          .isEqualTo(golden.get("momentum_after").doubleValue());
    }
  }

  private static EpochResult result(int epoch, Rates rates, double training, double dice) {
    return new EpochResult(
        epoch,
        rates,
        new EpochResult.Loss(training, Double.NaN),
        new EpochResult.Dice(List.of(dice), dice, dice),
        new EpochResult.Time(1, 0));
  }
}
