package io.github.nnunet4j.train;

import ai.djl.ndarray.NDArray;
import io.github.nnunet4j.train.Optimizers.RAdamSettings;

/** Adam whose denominator waits until the variance of its second moment is known well enough. */
record RAdam(RAdamSettings settings) implements Optimizer {
  @Override
  public void update(NDArray weight, NDArray gradient, OptimizerState state, Rates rates) {
    double beta1 = rates.momentum().orElse(settings.beta1());
    NDArray second = Adam.second(gradient, state, settings.beta2());
    NDArray first = Adam.first(gradient, state, beta1);
    if (settings.weightDecay() != 0) {
      Optimizers.add(weight, weight, -settings.weightDecay() * rates.learningRate());
    }
    double step = rates.learningRate() / (1 - Math.pow(beta1, (double) state.step()));
    double length = length(state.step());
    if (length > settings.threshold()) {
      try (NDArray root = second.sqrt().addi(settings.epsilon());
          NDArray scaled = first.div(root)) {
        Optimizers.add(weight, scaled, -step * rectification(length, state.step()));
      }
    } else {
      Optimizers.add(weight, first, -step);
    }
  }

  private double longest() {
    return 2 / (1 - settings.beta2()) - 1;
  }

  /** The length of the simple moving average that the second moment stands for. */
  private double length(long step) {
    double power = Math.pow(settings.beta2(), (double) step);
    return longest() - 2 * step * power / (1 - power);
  }

  private double rectification(double length, long step) {
    double longest = longest();
    double variance =
        (length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length);
    return Math.sqrt((1 - Math.pow(settings.beta2(), (double) step)) * variance);
  }

  @Override
  public String toString() {
    return "rAdam(" + settings + ")";
  }
}
