package io.github.nnunet4j.train;

import static io.github.nnunet4j.train.OptimizerSchedules.constant;
import static io.github.nnunet4j.train.OptimizerSchedules.cosine;
import static io.github.nnunet4j.train.OptimizerSchedules.cycle;
import static io.github.nnunet4j.train.OptimizerSchedules.laggingWarmUpOfV1;
import static io.github.nnunet4j.train.OptimizerSchedules.polynomial;
import static io.github.nnunet4j.train.OptimizerSchedules.steps;
import static io.github.nnunet4j.train.OptimizerSchedules.warmUp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rates and momentums of the reference's trainers, schedulers and functions. */
class GoldenSchedulesTest {
  private static Stream<JsonNode> cases(String version, String kind) throws IOException {
    return Golden.list(Golden.facts("optimization", version + "_schedules").get("cases")).stream()
        .filter(c -> c.has(kind));
  }

  static Stream<JsonNode> v1() throws IOException {
    return cases("v1", "trainer");
  }

  static Stream<JsonNode> v2() throws IOException {
    return cases("v2", "trainer");
  }

  static Stream<JsonNode> functions() throws IOException {
    return cases("v1", "function");
  }

  static Stream<JsonNode> schedulers() throws IOException {
    return cases("v2", "scheduler");
  }

  private static OptimizerSchedule scheduleOfV1(String trainer, double rate) {
    return switch (trainer.substring(trainer.lastIndexOf('_') + 1)) {
      case "fixedSchedule" -> steps(rate, 0.1, 500, 675, 850);
      case "fixedSchedule2" ->
          constant(rate)
              .forEpochs(500)
              .then(constant(0.1 * rate).forEpochs(175))
              .then(polynomial(0.1 * rate, 0.9));
      case "cycleAtEnd" -> polynomial(rate, 0.9).forEpochs(1000).then(cycle(100, 1e-6, 1e-3));
      case "cycleAtEnd2" -> polynomial(rate, 0.9).forEpochs(1000).then(cycle(200, 1e-6, 1e-2));
      case "warmup" -> laggingWarmUpOfV1(rate, 50, 0.9);
      case "reduceMomentumDuringTraining" ->
          polynomial(rate, 0.9).withMomentum(Momentums.falling(0.99, 0.9, 801, 1001));
      default -> polynomial(rate, 0.9);
    };
  }

  private static OptimizerSchedule scheduleOfV2(String trainer, double rate) {
    OptimizerSchedule schedule =
        trainer.contains("CosAnneal") ? cosine(rate) : polynomial(rate, 0.9);
    boolean warm = trainer.contains("warmup") || trainer.contains("Primus");
    return warm ? warmUp(50).then(schedule) : schedule;
  }

  @ParameterizedTest
  @MethodSource("v1")
  void givesTheRatesOfTheTrainersOfVersion1(JsonNode golden) {
    String trainer = golden.get("trainer").textValue();
    int epochs = golden.get("total_epochs").intValue();
    OptimizerSchedule schedule = scheduleOfV1(trainer, golden.get("lr0").doubleValue());
    requireRates(golden, schedule, epochs);
    close(
        schedule.at(new Progress(epochs, epochs)),
        golden.get("lr_after_last_epoch").doubleValue(),
        "after the last epoch");
    double own = golden.get("optimizer").path("momentum").doubleValue();
    for (int i = 0; golden.has("momentum") && i < golden.get("momentum").size(); i++) {
      Progress progress = new Progress(golden.get("epochs").get(i).intValue(), epochs);
      assertThat(schedule.at(progress).momentum().orElse(own))
          .as("momentum, %s", progress)
          .isCloseTo(golden.get("momentum").get(i).doubleValue(), within(1e-14));
    }
    int ahead = trainer.endsWith("warmup") ? 1 : 0; // a quirk that is not ours
    for (JsonNode resumed : golden.path("resumed")) {
      int epoch = resumed.get("epoch").intValue();
      Progress reference = new Progress(epoch + ahead, epochs);
      close(schedule.at(reference), resumed.get("lr").doubleValue(), "resumed at " + epoch);
    }
  }

  @ParameterizedTest
  @MethodSource("v2")
  void givesTheRatesOfTheTrainersOfVersion2(JsonNode golden) {
    OptimizerSchedule schedule =
        scheduleOfV2(golden.get("trainer").textValue(), golden.get("lr0").doubleValue());
    requireRates(golden, schedule, golden.get("total_epochs").intValue());
  }

  private static void requireRates(JsonNode golden, OptimizerSchedule schedule, int epochs) {
    double[] rates = Golden.numbers(golden.get("lr"));
    assertThat(rates).isNotEmpty();
    for (int i = 0; i < rates.length; i++) {
      Progress progress = new Progress(golden.get("epochs").get(i).intValue(), epochs);
      close(schedule.at(progress), rates[i], progress.toString());
    }
  }

  private static void close(Rates found, double expected, String what) {
    assertThat(found.learningRate()).as(what).isCloseTo(expected, within(expected * 1e-12 + 1e-15));
  }

  @ParameterizedTest
  @MethodSource("functions")
  void givesTheRatesOfTheFunctionsOfVersion1(JsonNode golden) {
    if (golden.get("function").textValue().equals("poly_lr")) {
      OptimizerSchedule schedule =
          polynomial(golden.get("lr0").doubleValue(), golden.get("exponent").doubleValue());
      int epoch = golden.get("epoch").intValue();
      Progress progress = new Progress(epoch, golden.get("total_epochs").intValue());
      close(schedule.at(progress), golden.get("lr").doubleValue(), progress.toString());
    } else {
      OptimizerSchedule schedule =
          cycle(
              golden.get("cycle_length").intValue(),
              golden.get("min_lr").doubleValue(),
              golden.get("max_lr").doubleValue());
      requireRates(golden, schedule, 1000);
    }
  }

  @ParameterizedTest
  @MethodSource("schedulers")
  void givesTheRatesOfTheSchedulersOfVersion2(JsonNode golden) {
    JsonNode options = golden.get("options");
    double initial = options.has("initial_lr") ? options.get("initial_lr").doubleValue() : 1;
    double exponent = options.has("exponent") ? options.get("exponent").doubleValue() : 0.9;
    int steps = options.path("max_steps").intValue();
    int start = options.path("start_step").intValue();
    OptimizerSchedule falling = polynomial(initial, exponent);
    double max = options.has("max_lr") ? options.get("max_lr").doubleValue() : 1;
    OptimizerSchedule highest = constant(max);
    switch (golden.get("scheduler").textValue()) {
      case "PolyLRScheduler" -> requirePolynomial(golden, falling, steps);
      case "Lin_incr_LRScheduler" -> requireRates(golden, warmUp(steps).then(highest), 1000);
      case "Lin_incr_offset_LRScheduler" ->
          requireRates(golden, highest.forEpochs(start).then(warmUp(steps)).then(highest), 1000);
      case "PolyLRScheduler_offset" ->
          requireRates(golden, constant(initial).forEpochs(start).then(falling), steps);
      case "CosineAnnealingLR_offset" -> requireCosine(golden, options);
      default -> throw new AssertionError(golden);
    }
  }

  /** Without an epoch, the scheduler counts its calls from 1. */
  private static void requirePolynomial(JsonNode golden, OptimizerSchedule schedule, int steps) {
    double[] rates = Golden.numbers(golden.get("lr"));
    for (int i = 0; i < rates.length; i++) {
      int step = golden.has("epochs") ? golden.get("epochs").get(i).intValue() : i + 1;
      close(schedule.at(new Progress(step, steps)), rates[i], "step " + step);
    }
  }

  /** Before its offset the reference goes on with the even cosine; ours has a phase of its own. */
  private static void requireCosine(JsonNode golden, JsonNode options) {
    int offset = options.get("offset").intValue();
    double rate = golden.get("optimizer_lr").doubleValue();
    OptimizerSchedule late =
        constant(1).forEpochs(offset).then(cosine(rate, options.get("eta_min").doubleValue()));
    double[] rates = Golden.numbers(golden.get("lr"));
    for (int i = 0; i < rates.length; i++) {
      int epoch = golden.get("epochs").get(i).intValue();
      int mirrored = epoch < offset ? 2 * offset - epoch : epoch;
      Progress progress = new Progress(mirrored, options.get("T_max").intValue());
      close(late.at(progress), rates[i], "epoch " + epoch);
    }
  }

  @Test
  void lowersTheMomentumAfterAFailedStartAsVersion1() throws IOException {
    OptimizerSchedule schedule =
        OptimizerSchedules.afterFailedStart(polynomial(0.01, 0.9), 100, 0.95);
    for (JsonNode golden : Golden.list(Golden.facts("optimization", "v1_epoch100").get("cases"))) {
      int epoch = golden.get("epoch").intValue();
      List<EpochResult> history =
          Histories.of(
              epoch + 1,
              e -> Histories.dice(e, e == epoch ? Golden.number(golden.get("metric")) : 0.1));
      Rates after = schedule.at(new Progress(epoch + 1, 1000, history));
      assertThat(after.momentum().orElse(0.99))
          .as("momentum, %s", golden)
          .isEqualTo(golden.get("momentum_after").doubleValue());
      boolean again = golden.get("network_reinitialised").booleanValue();
      assertThat(new FailedStart(100).isIn(history)).as("restart, %s", golden).isEqualTo(again);
      Rates next = schedule.at(new Progress(epoch + 1, 1000));
      close(next, golden.get("lr_after").doubleValue(), golden.toString());
    }
  }
}
