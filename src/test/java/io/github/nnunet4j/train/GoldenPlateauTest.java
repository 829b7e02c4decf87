package io.github.nnunet4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Moving averages, plateaus, patience and checkpoints of nnU-Net v1. */
class GoldenPlateauTest {
  private static final Patience PATIENCE = (Patience) StoppingRules.patienceOfV1();

  private static Stream<JsonNode> all() throws IOException {
    return Golden.list(Golden.facts("optimization", "v1_progress").get("cases")).stream();
  }

  static Stream<JsonNode> trainers() throws IOException {
    return all().filter(c -> c.has("trainer") && !c.has("resumed_at"));
  }

  static Stream<JsonNode> plateaus() throws IOException {
    return all().filter(c -> c.has("options"));
  }

  private static JsonNode named(String id) throws IOException {
    return all().filter(c -> c.get("id").textValue().equals(id)).findFirst().orElseThrow();
  }

  private static void close(double found, double expected, String what) {
    assertThat(found).as(what).isCloseTo(expected, within(1e-12 + 1e-9 * Math.abs(expected)));
  }

  @ParameterizedTest
  @MethodSource("trainers")
  void lowersTheRateAndStopsAsTheTrainersOfVersion1(JsonNode golden) {
    boolean plain = golden.get("trainer").textValue().equals("nnUNetTrainer");
    OptimizerSchedule schedule =
        OptimizerSchedules.reduceOnPlateau(golden.get("lr0").doubleValue())
            .from(plain ? 0 : 1)
            .build();
    int epochs = golden.get("max_num_epochs").intValue();
    int run = golden.get("epochs_run").intValue();
    double[] losses = Golden.numbers(golden.get("train_loss"));
    List<EpochResult> history = new ArrayList<>();
    for (int e = 0; e < run; e++) {
      Rates rates = schedule.at(new Progress(e, epochs, history));
      close(rates.learningRate(), golden.get("lr").get(e).doubleValue(), "rate of epoch " + e);
      history.add(Histories.result(e, rates.learningRate(), losses[e], Double.NaN));
      Progress next = new Progress(e + 1, epochs, history);
      Rates after = schedule.at(next);
      close(after.learningRate(), golden.get("lr_after").get(e).doubleValue(), "rate after " + e);
      Patience.Known known = PATIENCE.known(history, after);
      close(
          known.best(),
          golden.get("best_MA_tr_loss_for_patience").get(e).doubleValue(),
          "best average after " + e);
      assertThat(known.bestEpoch())
          .as("best epoch after %d", e)
          .isEqualTo(golden.get("best_epoch").get(e).intValue());
      boolean last = !golden.get("stopped_after").isNull() && e == run - 1;
      assertThat(PATIENCE.stops(next, after)).as("stops after %d", e).isEqualTo(last);
    }
  }

  @ParameterizedTest
  @MethodSource("trainers")
  void averagesAsTheTrainersOfVersion1(JsonNode golden) {
    requireAverage(
        new MovingAverage(MovingAverage.TRAINING_LOSS), golden, "train_loss", "train_loss_MA", 1);
    requireAverage(new MovingAverage(0.9), golden, "metric", "val_eval_criterion_MA", 1);
  }

  private static void requireAverage(
      MovingAverage average, JsonNode golden, String values, String averages, int sign) {
    double[] expected = Golden.numbers(golden.get(averages));
    double smooth = Double.NaN;
    for (int e = 0; e < expected.length; e++) {
      smooth = average.next(smooth, sign * Golden.number(golden.get(values).get(e)));
      close(smooth, expected[e], averages + " of epoch " + e);
    }
  }

  @Test
  void withoutADiceTheAverageOfTheNegativeValidationLossCounts() throws IOException {
    requireAverage(
        new MovingAverage(0.9), named("no metric"), "val_loss", "val_eval_criterion_MA", -1);
  }

  /** v1 never takes the first epoch for the best, v2 and this library always. */
  @ParameterizedTest
  @MethodSource("trainers")
  void findsTheBestEpochsOfVersion1(JsonNode golden) {
    List<Integer> best = new ArrayList<>();
    TrainingState state = new TrainingState();
    for (int e = 0; e < golden.get("epochs_run").intValue(); e++) {
      double dice = Golden.number(golden.get("metric").get(e));
      double average = PseudoDice.movingAverage(state.movingAverage(), dice);
      EpochResult result =
          new EpochResult(
              e,
              Rates.of(0.01),
              new EpochResult.Loss(0, 0),
              new EpochResult.Dice(List.of(dice), dice, average),
              new EpochResult.Time(0, 0));
      if (state.finish(result)) {
        best.add(e);
      }
    }
    List<Integer> expected = new ArrayList<>(List.of(0));
    golden.get("best_checkpoint_epochs").forEach(e -> expected.add(e.intValue()));
    assertThat(best).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("plateaus")
  void lowersTheRateAsTorch(JsonNode golden) {
    JsonNode options = golden.get("options");
    ReduceOnPlateau.Builder builder =
        OptimizerSchedules.reduceOnPlateau(golden.get("lr0").doubleValue())
            .memory(0)
            .factor(options.get("factor").doubleValue())
            .patience(options.get("patience").intValue())
            .cooldown(options.path("cooldown").intValue())
            .lowest(options.path("min_lr").doubleValue());
    double threshold = options.get("threshold").doubleValue();
    if (options.get("threshold_mode").textValue().equals("rel")) {
      builder.relativeThreshold(threshold);
    } else {
      builder.threshold(threshold);
    }
    OptimizerSchedule schedule =
        (options.get("mode").textValue().equals("max")
                ? builder.rising(Measure.TRAINING_LOSS)
                : builder.falling(Measure.TRAINING_LOSS))
            .build();
    double[] values = Golden.numbers(golden.get("values"));
    List<EpochResult> history = new ArrayList<>();
    for (int e = 0; e < values.length; e++) {
      history.add(Histories.loss(e, values[e]));
      close(
          schedule.at(new Progress(e + 1, values.length + 1, history)).learningRate(),
          golden.get("lr_after").get(e).doubleValue(),
          golden.get("id").textValue() + " after epoch " + e);
    }
  }

  /** The reference forgets its averages at a resume; with averages made so its rates follow. */
  @Test
  void aResumedRunOfVersion1DiffersByItsAveragesAlone() throws IOException {
    JsonNode golden = named("nnUNetTrainer/resumed");
    int resumed = golden.get("resumed_at").intValue();
    double[] losses = Golden.numbers(golden.get("train_loss"));
    double[] expected = Golden.numbers(golden.get("train_loss_MA"));
    MovingAverage average = new MovingAverage(MovingAverage.TRAINING_LOSS);
    OptimizerSchedule onAverages = OptimizerSchedules.reduceOnPlateau(3e-4).memory(0).build();
    Patience patience = new Patience(50, 5e-4, 1e-6, 0);
    List<EpochResult> averages = new ArrayList<>();
    double smooth = Double.NaN;
    for (int e = 0; e < resumed + expected.length; e++) {
      smooth = average.next(e == resumed ? Double.NaN : smooth, losses[e]);
      Rates rates = onAverages.at(new Progress(e, 1000, averages));
      averages.add(Histories.result(e, rates.learningRate(), smooth, Double.NaN));
      if (e >= resumed) {
        int i = e - resumed;
        close(smooth, expected[i], "average of epoch " + e);
        close(rates.learningRate(), golden.get("lr").get(i).doubleValue(), "rate of epoch " + e);
        Patience.Known known =
            patience.known(averages, onAverages.at(new Progress(e + 1, 1000, averages)));
        close(
            known.best(),
            golden.get("best_MA_tr_loss_for_patience").get(i).doubleValue(),
            "best average after " + e);
        assertThat(known.bestEpoch()).isEqualTo(golden.get("best_epoch").get(i).intValue());
      }
    }
  }
}
