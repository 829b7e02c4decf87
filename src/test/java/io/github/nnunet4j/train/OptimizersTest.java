package io.github.nnunet4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.internal.Safetensors;
import io.github.nnunet4j.train.Optimizers.AdamSettings;
import io.github.nnunet4j.train.Optimizers.AdanSettings;
import io.github.nnunet4j.train.Optimizers.RAdamSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("engine")
class OptimizersTest {
  record Steps(Golden golden, JsonNode facts) {
    @Override
    public String toString() {
      return facts.get("name").textValue() + " " + facts.get("what").textValue();
    }
  }

  static Stream<Steps> cases() throws IOException {
    List<Steps> all = new ArrayList<>();
    for (String name : List.of("v2_optimizer_steps", "v1_optimizer_steps")) {
      Golden golden = Golden.read("optimization", name);
      for (JsonNode facts : Golden.list(golden.facts().get("cases"))) {
        all.add(new Steps(golden, facts));
      }
    }
    return all.stream();
  }

  private static String kind(JsonNode facts) {
    return facts.get("optimizer").get("kind").textValue();
  }

  private static double beta(JsonNode optimizer, int index) {
    return optimizer.get("betas").get(index).doubleValue();
  }

  private static double eps(JsonNode optimizer) {
    return optimizer.get("eps").doubleValue();
  }

  private static Optimizer optimizer(JsonNode facts) {
    JsonNode o = facts.get("optimizer");
    double decay = o.get("weight_decay").doubleValue();
    if (kind(facts).equals("SGD")) {
      return Optimizers.sgd(
          o.get("momentum").doubleValue(),
          o.get("nesterov").booleanValue(),
          decay,
          o.get("dampening").doubleValue());
    }
    if (kind(facts).equals("Ranger")) {
      double threshold = o.get("N_sma_threshhold").doubleValue();
      return Optimizers.lookahead(
          Optimizers.rAdam(new RAdamSettings(beta(o, 0), beta(o, 1), eps(o), decay, threshold)),
          o.get("k").intValue(),
          o.get("alpha").doubleValue());
    }
    if (kind(facts).equals("Adan")) {
      return Optimizers.adan(new AdanSettings(beta(o, 0), beta(o, 1), beta(o, 2), eps(o), decay));
    }
    AdamSettings settings =
        new AdamSettings(beta(o, 0), beta(o, 1), eps(o), decay, o.get("amsgrad").booleanValue());
    return kind(facts).equals("Adam") ? Optimizers.adam(settings) : Optimizers.adamW(settings);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void stepsAsTheReferenceInSinglePrecision(Steps steps) {
    run(steps, DataType.FLOAT32, 4e-6, 4e-6);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void stepsAsTheReferenceInDoublePrecision(Steps steps) {
    run(steps, DataType.FLOAT64, 1e-12, 1e-11);
  }

  private static void run(Steps steps, DataType type, double abs, double rel) {
    JsonNode facts = steps.facts();
    Optimizer optimizer = optimizer(facts);
    String id = facts.get("id").textValue();
    try (NDManager manager = NDManager.newBaseManager()) {
      List<NDArray> weights = new ArrayList<>();
      List<OptimizerState> states = new ArrayList<>();
      for (int p = 0; p < 3; p++) {
        NDArray initial = steps.golden().array(manager, id + "/param" + p + "/initial");
        weights.add(initial.toType(type, true));
        states.add(OptimizerState.of("p" + p, weights.get(p), manager));
      }
      for (int s = 0; s < facts.get("steps").intValue(); s++) {
        step(steps, manager, s, optimizer, weights, states);
        for (int p = 0; p < 3; p++) {
          double[] expected = row(steps.golden(), id + "/param" + p + "/values", s);
          double[] found = doubles(weights.get(p));
          for (int i = 0; i < expected.length; i++) {
            assertThat(found[i])
                .as("step %d parameter %d", s, p)
                .isCloseTo(expected[i], within(abs + rel * Math.abs(expected[i])));
          }
        }
      }
      requireState(steps.golden(), id, states, abs, rel);
      if (facts.has("step_count")) {
        for (int p = 0; p < 3; p++) {
          assertThat(states.get(p).step()).isEqualTo(facts.get("step_count").get(p).longValue());
        }
      }
    }
  }

  /** What is remembered after the last step; the reference's names to ours. */
  private static void requireState(
      Golden golden, String id, List<OptimizerState> states, double abs, double rel) {
    for (String name : golden.arrays().tensors().keySet()) {
      if (name.startsWith(id + "/") && name.contains("/state/")) {
        int p = name.charAt(name.indexOf("/param") + 6) - '0';
        String slot =
            switch (name.substring(name.lastIndexOf('/') + 1)) {
              case "momentum_buffer" -> "momentum";
              case "exp_avg", "m" -> "first_moment";
              case "exp_avg_sq" -> "second_moment";
              case "max_exp_avg_sq" -> "largest_second_moment";
              case "slow_buffer" -> "slow_weight";
              case "v" -> "change_moment";
              case "n" -> "square_moment";
              case "prev_grad" -> "last_gradient";
              default -> throw new AssertionError(name);
            };
        double[] expected = golden.arrays().get(name).doubles();
        double[] found = doubles(states.get(p).slot(slot));
        for (int i = 0; i < expected.length; i++) {
          assertThat(found[i])
              .as(name)
              .isCloseTo(expected[i], within(abs + rel * Math.abs(expected[i])));
        }
      }
    }
  }

  private static void step(
      Steps steps,
      NDManager manager,
      int s,
      Optimizer optimizer,
      List<NDArray> weights,
      List<OptimizerState> states) {
    JsonNode facts = steps.facts();
    List<NDArray> gradients = new ArrayList<>();
    List<Integer> present = new ArrayList<>();
    for (int p = 0; p < 3; p++) {
      if (!facts.has("gradient_present")
          || facts.get("gradient_present").get(s).get(p).booleanValue()) {
        String name = facts.get("id").textValue() + "/param" + p + "/gradients";
        NDArray weight = weights.get(p);
        double[] row = row(steps.golden(), name, s);
        gradients.add(manager.create(row, weight.getShape()).toType(weight.getDataType(), true));
        present.add(p);
      }
    }
    if (facts.has("clip_norm")) {
      double norm = GradientClipping.clip(gradients, facts.get("clip_norm").doubleValue());
      double expected = facts.get("gradient_norm_before_clipping").get(s).doubleValue();
      assertThat(norm).isCloseTo(expected, within(4e-6 * expected));
    }
    double lr = facts.get("lr").get(s).doubleValue();
    Rates rates =
        new Rates(
            lr,
            facts.has("momentum")
                ? OptionalDouble.of(facts.get("momentum").get(s).doubleValue())
                : OptionalDouble.empty());
    for (int i = 0; i < present.size(); i++) {
      int p = present.get(i);
      optimizer.update(weights.get(p), gradients.get(i), states.get(p).advance(), rates);
    }
  }

  private static double[] row(Golden golden, String name, int row) {
    Safetensors.Tensor tensor = golden.arrays().get(name);
    double[] all = tensor.doubles();
    int size = all.length / Math.toIntExact(tensor.shape().get(0));
    return Arrays.copyOfRange(all, row * size, (row + 1) * size);
  }

  private static double[] doubles(NDArray array) {
    return Arrays.stream(array.toArray()).mapToDouble(Number::doubleValue).toArray();
  }

  @Test
  void clipsByTheGlobalNormAsTheReference() throws IOException {
    Golden golden = Golden.read("optimization", "clipping");
    for (JsonNode facts : Golden.list(golden.facts().get("cases"))) {
      String id = facts.get("id").textValue();
      double norm = Golden.number(facts.get("norm"));
      try (NDManager manager = NDManager.newBaseManager()) {
        List<NDArray> gradients = new ArrayList<>();
        List<NDArray> expected = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          if (!golden.has(id + "/gradient" + i + "/before")) {
            continue;
          }
          gradients.add(golden.array(manager, id + "/gradient" + i + "/before"));
          expected.add(golden.array(manager, id + "/gradient" + i + "/after"));
        }
        double found = GradientClipping.clip(gradients, facts.get("max_norm").doubleValue());
        if (!Double.isFinite(norm)) {
          assertThat(Double.valueOf(found)).as(id).isEqualTo(Double.valueOf(norm));
          continue;
        }
        assertThat(found).as(id).isCloseTo(norm, within(1e-12 * norm));
        for (int i = 0; i < gradients.size(); i++) {
          double[] after = doubles(expected.get(i));
          double[] ours = doubles(gradients.get(i));
          for (int k = 0; k < after.length; k++) {
            assertThat(ours[k])
                .as(id)
                .isCloseTo(after[k], within(1e-12 + 1e-12 * Math.abs(after[k])));
          }
        }
      }
    }
  }

  @Test
  void nothingToClipHasNormZero() {
    assertThat(GradientClipping.clip(List.of(), 12)).isZero();
  }

  @Test
  void anOwnRuleNeedsOnlyPublicTypes() {
    Optimizer sign =
        (weight, gradient, state, rates) -> {
          state.slot("seen").addi(gradient);
          weight.subi(gradient.sign().mul(rates.learningRate()));
        };
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray weight = manager.create(new float[] {1, 2}, new Shape(2));
      OptimizerState state = OptimizerState.of("conv.weight", weight, manager);
      sign.update(weight, manager.create(new float[] {-3, 5}), state.advance(), Rates.of(0.5));
      assertThat(weight.toFloatArray()).containsExactly(1.5f, 1.5f);
      assertThat(state.slots().get("seen").toFloatArray()).containsExactly(-3f, 5f);
      assertThat(state.step()).isEqualTo(1);
      assertThat(state.parameter()).isEqualTo("conv.weight");
      assertThatThrownBy(() -> state.slot("a/b")).hasMessageContaining("a/b");
    }
  }

  @Test
  void optimizersPrintAndCompare() {
    assertThat(Optimizers.sgd(0.99, true, 3e-5))
        .hasToString("sgd(momentum 0.99, nesterov, weight decay 3.0E-5)")
        .isEqualTo(Optimizers.sgd(0.99, true, 3e-5));
    assertThat(Optimizers.adamW(0.1)).isNotEqualTo(Optimizers.adam(0.1));
    assertThat(Optimizers.adam(0.1).toString()).startsWith("adam(").contains("0.999");
    assertThat(Optimizers.ranger(3e-5))
        .isEqualTo(Optimizers.lookahead(Optimizers.rAdam(3e-5), 6, 0.5))
        .isNotEqualTo(Optimizers.ranger(0));
    assertThat(Optimizers.ranger(3e-5).toString())
        .startsWith("lookahead(rAdam(")
        .endsWith(", 6, 0.5)");
    assertThat(Optimizers.adan(0).toString()).startsWith("adan(").contains("0.02");
    assertThat(AdamSettings.defaults(0.1).withAmsgrad().withBetas(0.8, 0.9))
        .isEqualTo(new AdamSettings(0.8, 0.9, 1e-8, 0.1, true));
    assertThatThrownBy(() -> Optimizers.lookahead(Optimizers.adan(0), 0, 0.5))
        .hasMessageContaining("steps");
    assertThatThrownBy(() -> Optimizers.lookahead(Optimizers.adan(0), 6, 0))
        .hasMessageContaining("part");
    assertThatThrownBy(() -> new RAdamSettings(0.9, 0.99, 1e-5, 0, 3))
        .hasMessageContaining("threshold");
    assertThatThrownBy(() -> Optimizers.sgd(0, true, 0)).hasMessageContaining("Nesterov");
    assertThatThrownBy(() -> Optimizers.adam(-1)).hasMessageContaining("weightDecay");
  }
}
