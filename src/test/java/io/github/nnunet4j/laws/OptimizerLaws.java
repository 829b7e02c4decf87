package io.github.nnunet4j.laws;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.nnunet4j.train.Optimizer;
import io.github.nnunet4j.train.OptimizerState;
import io.github.nnunet4j.train.Rates;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What every optimizer promises, tried on a bowl: half the squared distance of each weight from 1,
 * some of them ten times as steep. Extend it for one of your own:
 *
 * <pre>{@code
 * class MyOptimizerTest extends OptimizerLaws {
 *   protected Optimizer optimizer() {
 *     return new MyOptimizer();
 *   }
 * }
 * }</pre>
 */
@Tag("engine")
public abstract class OptimizerLaws {
  private static final Shape SHAPE = new Shape(2, 3, 1, 2);
  private static final float BOTTOM = 1;

  /** A new optimizer under test; each call makes an equal one. */
  protected abstract Optimizer optimizer();

  /** A learning rate that brings it near the bottom of the bowl within 500 steps. */
  protected double learningRate() {
    return 0.01;
  }

  /** How many steps it only looks at the gradient before it moves; none but for rules like Adan. */
  protected int silentSteps() {
    return 0;
  }

  /** Whether it prints its settings; false for a lambda. */
  protected boolean printed() {
    return true;
  }

  private Rates rates() {
    return Rates.of(learningRate());
  }

  private static NDArray start(NDManager manager) {
    return Tensors.normal(manager, SHAPE, 1, 1);
  }

  private static float steepness(int at) {
    return at % 2 == 0 ? 1 : 10;
  }

  private static float[] slope(float[] weights) {
    float[] slope = new float[weights.length];
    for (int i = 0; i < slope.length; i++) {
      slope[i] = steepness(i) * (weights[i] - BOTTOM);
    }
    return slope;
  }

  private static double height(NDArray weight) {
    float[] values = weight.toFloatArray();
    double height = 0;
    for (int i = 0; i < values.length; i++) {
      height += steepness(i) * Math.pow(values[i] - BOTTOM, 2) / 2;
    }
    return height;
  }

  private static void step(Optimizer rule, NDArray weight, OptimizerState state, Rates rates) {
    try (NDManager scratch = weight.getManager().newSubManager()) {
      NDArray gradient = scratch.create(slope(weight.toFloatArray()), SHAPE);
      rule.update(weight, gradient, state.advance(), rates);
    }
  }

  private static OptimizerState state(NDArray weight) {
    return OptimizerState.of("weight", weight, weight.getManager());
  }

  @Test
  void firstStepGoesAgainstTheGradient() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray weight = start(manager);
      float[] before = weight.toFloatArray();
      OptimizerState state = state(weight);
      Optimizer rule = optimizer();
      for (int i = 0; i < silentSteps(); i++) {
        step(rule, weight, state, rates());
        assertThat(weight.toFloatArray()).as("silent step %d", i + 1).isEqualTo(before);
      }
      step(rule, weight, state, rates());
      float[] after = weight.toFloatArray();
      float[] slope = slope(before);
      for (int i = 0; i < slope.length; i++) {
        assertThat((after[i] - before[i]) * slope[i])
            .as("step times derivative of weight %d", i)
            .isNegative();
      }
    }
  }

  @Test
  void comesNearTheBottom() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray weight = start(manager);
      OptimizerState state = state(weight);
      Optimizer rule = optimizer();
      double before = height(weight);
      for (int i = 0; i < 500; i++) {
        step(rule, weight, state, rates());
      }
      Tensors.requireFinite("weights", weight);
      assertThat(height(weight)).as("height after 500 steps").isLessThan(before / 10);
    }
  }

  @Test
  void goesOnFromASavedStateBitForBit() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray weight = start(manager);
      OptimizerState state = state(weight);
      Optimizer rule = optimizer();
      for (int i = 0; i < 5; i++) {
        step(rule, weight, state, rates());
      }
      NDArray copy = manager.create(weight.toFloatArray(), SHAPE);
      OptimizerState restored = state(copy);
      for (int i = 0; i < 5; i++) {
        restored.advance();
      }
      state.slots().forEach((name, slot) -> Tensors.set(restored.slot(name), slot.toFloatArray()));
      Optimizer afterRestart = optimizer();
      NDArray other = Tensors.normal(manager, SHAPE, 3, 2);
      OptimizerState otherState = state(other);
      for (int i = 0; i < 5; i++) {
        step(rule, weight, state, rates());
        step(afterRestart, other, otherState, rates());
        step(afterRestart, copy, restored, rates());
        assertThat(copy.toFloatArray()).as("step %d", 6 + i).isEqualTo(weight.toFloatArray());
      }
      assertThat(restored.slots().keySet()).isEqualTo(state.slots().keySet());
    }
  }

  @Test
  void standsStillAtLearningRateZero() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray weight = start(manager);
      float[] before = weight.toFloatArray();
      OptimizerState state = state(weight);
      for (int i = 0; i < 3; i++) {
        step(optimizer(), weight, state, Rates.of(0));
      }
      assertThat(weight.toFloatArray()).isEqualTo(before);
    }
  }

  @Test
  void staysFiniteWithoutSlope() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray weight = manager.full(SHAPE, BOTTOM);
      OptimizerState state = state(weight);
      for (int i = 0; i < 5; i++) {
        optimizer().update(weight, manager.zeros(SHAPE), state.advance(), rates());
      }
      Tensors.requireFinite("weights", weight);
      state.slots().forEach(Tensors::requireFinite);
    }
  }

  @Test
  void keepsTheNumberOfLiveArrays() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray weight = start(manager);
      OptimizerState state = state(weight);
      Optimizer rule = optimizer();
      Tensors.requireFlat(
          manager,
          scratch ->
              rule.update(
                  weight,
                  scratch.create(slope(weight.toFloatArray()), SHAPE),
                  state.advance(),
                  rates()));
    }
  }

  @Test
  void printsItsSettings() {
    if (printed()) {
      assertThat(optimizer().toString()).isNotBlank().doesNotContain("$$Lambda", "@");
      assertThat(optimizer()).hasToString(optimizer().toString());
    }
  }
}
