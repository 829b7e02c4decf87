package io.github.nnunet4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.network.RunningNetwork;
import io.github.nnunet4j.network.Weights;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference's first iterations: losses, gradient norms, weights, momentum, validation. */
@Tag("engine")
@Timeout(600)
class GoldenTrainingTest {
  static List<String> traces() throws IOException {
    return TrainingTrace.names();
  }

  @ParameterizedTest
  @MethodSource("traces")
  void makesTheStepsOfTheReference(String name) throws IOException {
    TrainingTrace trace = TrainingTrace.read(name);
    TrainerConfig config = trace.config();
    try (RunningNetwork network = trace.network()) {
      TrainStep step = new TrainStep(network, trace.data(), config);
      List<JsonNode> iterations = Golden.list(trace.facts().get("iterations"));
      for (int i = 0; i < iterations.size(); i++) {
        Progress progress = new Progress(i / config.iterations(), config.epochs());
        Rates rates = config.schedule().at(progress);
        assertThat(rates.learningRate())
            .isCloseTo(iterations.get(i).get("lr").asDouble(), within(1e-12));
        String batch = String.format("batch%02d", i);
        compare(trace, iterations.get(i), step.train(trace.batch(batch), rates, 0, batch));
        if (i == 0) {
          compareWeights(trace, network, "after01/");
        }
      }
      compareWeights(trace, network, String.format("after%02d/", iterations.size()));
      compareStates(trace, step, iterations.size());
      compareValidation(trace, step);
    }
  }

  private static double tolerance(TrainingTrace trace, String what, String kind) {
    return trace.about().get("tolerance").get(what).get(kind).asDouble();
  }

  private static void compare(TrainingTrace trace, JsonNode expected, TrainStep.Outcome outcome) {
    double loss = expected.get("loss").asDouble();
    double norm = expected.get("grad_norm_before_clip").asDouble();
    assertThat(outcome.loss())
        .as("loss of iteration %s", expected.get("iteration"))
        .isCloseTo(
            loss, within(tolerance(trace, "loss", "abs") + loss * tolerance(trace, "loss", "rel")));
    assertThat(outcome.gradientNorm())
        .as("gradient norm of iteration %s", expected.get("iteration"))
        .isCloseTo(norm, within(norm * tolerance(trace, "grad_norm", "rel")));
  }

  private static void compareWeights(TrainingTrace trace, RunningNetwork network, String when) {
    Weights expected = trace.weights(when);
    Weights found = network.weights();
    assertThat(found.names()).containsAll(expected.names());
    double largest = 0;
    double squares = 0;
    long count = 0;
    for (String name : expected.names()) {
      float[] e = expected.values(name);
      float[] f = found.values(name);
      for (int i = 0; i < e.length; i++) {
        double difference = Math.abs((double) e[i] - f[i]);
        largest = Math.max(largest, difference);
        squares += difference * difference;
        count++;
      }
    }
    assertThat(largest).as("%s largest", when).isLessThan(tolerance(trace, "weights_max", "abs"));
    assertThat(Math.sqrt(squares / count))
        .as("%s root mean square", when)
        .isLessThan(tolerance(trace, "weights_rms", "abs"));
    trace
        .facts()
        .get("parameters_without_gradient")
        .forEach(
            name ->
                assertThat(found.values(name.asText()))
                    .isEqualTo(trace.weights("init/").values(name.asText())));
  }

  private static void compareStates(TrainingTrace trace, TrainStep step, int iterations) {
    List<String> without = new ArrayList<>();
    trace.facts().get("parameters_without_gradient").forEach(name -> without.add(name.asText()));
    step.states()
        .forEach(
            (name, state) -> {
              boolean absent = without.contains(name);
              assertThat(state.step()).as(name).isEqualTo(absent ? 0 : iterations);
              assertThat(state.slots().isEmpty()).as(name).isEqualTo(absent);
              if (!absent) {
                double norm = trace.facts().get("momentum_after_last").get(name).get(1).asDouble();
                try (var found = state.slot("momentum").norm()) {
                  assertThat((double) found.getFloat())
                      .as("momentum of %s", name)
                      .isCloseTo(norm, within(1e-3 * norm + 1e-5));
                }
              }
            });
  }

  private static void compareValidation(TrainingTrace trace, TrainStep step) {
    JsonNode expected = trace.facts().get("validation_step");
    PseudoDice dice = new PseudoDice(trace.labels().heads(), trace.labels().hasRegions());
    double loss = step.validate(trace.batch("val"), dice, 0, "validation");
    assertThat(loss)
        .isCloseTo(expected.get("loss").asDouble(), within(tolerance(trace, "loss", "abs")));
    double[] perClass = Golden.numbers(expected.get("dice_per_class"));
    for (int c = 0; c < perClass.length; c++) {
      if (Double.isNaN(perClass[c])) {
        assertThat(dice.perClass().get(c)).isNaN();
      } else {
        assertThat(dice.perClass().get(c)).isCloseTo(perClass[c], within(2e-3));
      }
    }
  }
}
