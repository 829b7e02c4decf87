package io.github.nnunet4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OptimizerSchedulesTest {
  static Stream<JsonNode> trainers() throws IOException {
    return Golden.list(Golden.facts("optimization", "v2_schedules").get("cases")).stream()
        .filter(c -> c.has("trainer"));
  }

  @ParameterizedTest
  @MethodSource("trainers")
  void givesTheRateOfEveryEpochOfEveryTrainerOfTheReference(JsonNode golden) {
    String trainer = golden.get("trainer").textValue();
    double rate = golden.get("lr0").doubleValue();
    OptimizerSchedule schedule =
        trainer.contains("CosAnneal")
            ? OptimizerSchedules.cosine(rate)
            : OptimizerSchedules.polynomial(rate, 0.9);
    if (trainer.contains("warmup") || trainer.contains("Primus")) {
      schedule = schedule.afterWarmUp(50);
    }
    double[] rates = Golden.numbers(golden.get("lr"));
    for (int i = 0; i < rates.length; i++) {
      int epoch = golden.get("epochs").get(i).intValue();
      Progress progress = new Progress(epoch, golden.get("total_epochs").intValue());
      assertThat(schedule.at(progress).learningRate())
          .as("%s epoch %d", trainer, epoch)
          .isCloseTo(rates[i], within(rates[i] * 1e-12 + 1e-15));
      assertThat(schedule.at(progress).momentum()).isEmpty();
    }
  }

  @Test
  void momentumCanFollowTheProgress() {
    OptimizerSchedule schedule =
        OptimizerSchedules.constant(0.1).withMomentum(p -> 0.99 - 0.09 * p.fraction());
    assertThat(schedule.at(new Progress(5, 10))).isEqualTo(Rates.of(0.1, 0.945));
    assertThat(schedule.afterWarmUp(2).at(new Progress(0, 12))).isEqualTo(Rates.of(0.05, 0.99));
  }

  @Test
  void schedulesPrintAndCompare() {
    OptimizerSchedule schedule = OptimizerSchedules.polynomial(0.01, 0.9).afterWarmUp(50);
    assertThat(schedule)
        .hasToString("polynomial(0.01, 0.9).afterWarmUp(50)")
        .isEqualTo(OptimizerSchedules.polynomial(0.01, 0.9).afterWarmUp(50));
    assertThat(OptimizerSchedules.constant(1)).hasToString("constant(1.0)");
    assertThat(OptimizerSchedules.cosine(1)).hasToString("cosine(1.0)");
    assertThat(Rates.of(0.1, 0.9)).hasToString("learning rate 0.1, momentum 0.9");
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    assertThatThrownBy(() -> OptimizerSchedules.constant(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rate must be positive");
    assertThatThrownBy(() -> Rates.of(Double.NaN)).hasMessageContaining("learningRate");
    assertThatThrownBy(() -> Rates.of(1, 1.5)).hasMessageContaining("momentum");
  }
}
