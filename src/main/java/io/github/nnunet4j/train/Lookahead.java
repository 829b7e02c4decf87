package io.github.nnunet4j.train;

import ai.djl.ndarray.NDArray;
import io.github.nnunet4j.internal.Checks;
import java.util.Objects;

/** Slow weights that follow those of another rule every few steps. */
record Lookahead(Optimizer inner, int steps, double part) implements Optimizer {
  private static final String SLOW = "slow_weight";

  Lookahead {
    Objects.requireNonNull(inner, "inner");
    Checks.positive(steps, "steps");
    Checks.argument(part > 0 && part <= 1, "part must lie above 0 up to 1, was %s", part);
  }

  @Override
  public void update(NDArray weight, NDArray gradient, OptimizerState state, Rates rates) {
    NDArray slow = state.slot(SLOW);
    if (state.step() == 1) {
      slow.addi(weight);
    }
    inner.update(weight, gradient, state, rates);
    if (state.step() % steps == 0) {
      try (NDArray way = weight.sub(slow)) {
        Optimizers.add(slow, way, part);
      }
      weight.muli(0).addi(slow);
    }
  }

  @Override
  public String toString() {
    return "lookahead(" + inner + ", " + steps + ", " + part + ")";
  }
}
