package io.github.nnunet4j.train;

import ai.djl.ndarray.NDArray;
import io.github.nnunet4j.train.Optimizers.AdamSettings;

/** Adam, and AdamW if decoupled, as torch has them. */
record Adam(AdamSettings settings, boolean decoupled) implements Optimizer {
  @Override
  public void update(NDArray weight, NDArray gradient, OptimizerState state, Rates rates) {
    double lr = rates.learningRate();
    double beta1 = rates.momentum().orElse(settings.beta1());
    double beta2 = settings.beta2();
    if (decoupled) {
      weight.muli(1 - lr * settings.weightDecay());
    } else if (settings.weightDecay() != 0) {
      Optimizers.add(gradient, weight, settings.weightDecay());
    }
    NDArray first = first(gradient, state, beta1);
    NDArray second = second(gradient, state, beta2);
    double correction = Math.sqrt(1 - Math.pow(beta2, (double) state.step()));
    try (NDArray root = largest(second, state).sqrt()) {
      root.divi(correction).addi(settings.epsilon());
      try (NDArray step = first.div(root)) {
        Optimizers.add(weight, step, -lr / (1 - Math.pow(beta1, (double) state.step())));
      }
    }
  }

  /** The moving average of the gradients, this one included. */
  static NDArray first(NDArray gradient, OptimizerState state, double beta) {
    NDArray first = state.slot("first_moment");
    try (NDArray difference = gradient.sub(first)) {
      Optimizers.add(first, difference, 1 - beta);
    }
    return first;
  }

  /** The moving average of their squares. */
  static NDArray second(NDArray gradient, OptimizerState state, double beta) {
    NDArray second = state.slot("second_moment");
    try (NDArray square = gradient.mul(gradient)) {
      second.muli(beta);
      Optimizers.add(second, square, 1 - beta);
    }
    return second;
  }

  /** AMSGrad compares the second moments before their bias is corrected. */
  private NDArray largest(NDArray second, OptimizerState state) {
    if (!settings.amsgrad()) {
      return second;
    }
    NDArray largest = state.slot("largest_second_moment");
    try (NDArray next = largest.maximum(second)) {
      largest.muli(0).addi(next);
    }
    return largest;
  }

  @Override
  public String toString() {
    return (decoupled ? "adamW(" : "adam(") + settings + ")";
  }
}
