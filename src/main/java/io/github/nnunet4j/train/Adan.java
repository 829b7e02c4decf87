package io.github.nnunet4j.train;

import ai.djl.ndarray.NDArray;
import io.github.nnunet4j.train.Optimizers.AdanSettings;

/** Moments of the gradient, of its change, and of the square of both together. */
record Adan(AdanSettings settings) implements Optimizer {
  @Override
  public void update(NDArray weight, NDArray gradient, OptimizerState state, Rates rates) {
    double beta1 =
        rates.momentum().isPresent() ? 1 - rates.momentum().getAsDouble() : settings.beta1();
    NDArray last = state.slot("last_gradient");
    NDArray first = state.slot("first_moment");
    NDArray change = state.slot("change_moment");
    NDArray square = state.slot("square_moment");
    if (state.step() > 1) {
      try (NDArray difference = gradient.sub(last)) {
        blend(first, gradient, beta1);
        blend(change, difference, settings.beta2());
        difference.muli(1 - settings.beta2()).addi(gradient);
        difference.muli(difference);
        blend(square, difference, settings.beta3());
      }
    }
    last.muli(0).addi(gradient);
    try (NDArray corrected = square.mul(correction(settings.beta3(), state.step()));
        NDArray root = corrected.sqrt();
        NDArray direction = first.mul(correction(beta1, state.step()))) {
      root.addi(settings.epsilon());
      double ahead = (1 - settings.beta2()) * correction(settings.beta2(), state.step());
      Optimizers.add(direction, change, ahead);
      direction.divi(root);
      Optimizers.add(weight, direction, -rates.learningRate());
    }
    if (settings.weightDecay() != 0) {
      weight.divi(1 + settings.weightDecay() * rates.learningRate());
    }
  }

  /** {@code moment = (1 - beta) * moment + beta * value}. */
  private static void blend(NDArray moment, NDArray value, double beta) {
    moment.muli(1 - beta);
    Optimizers.add(moment, value, beta);
  }

  private static double correction(double beta, long step) {
    return 1 / (1 - Math.pow(1 - beta, (double) step));
  }

  @Override
  public String toString() {
    return "adan(" + settings + ")";
  }
}
