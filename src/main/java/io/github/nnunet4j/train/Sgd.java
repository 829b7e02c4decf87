package io.github.nnunet4j.train;

import ai.djl.ndarray.NDArray;
import io.github.nnunet4j.internal.Checks;

/** Stochastic gradient descent as torch has it. */
record Sgd(double momentum, boolean nesterov, double weightDecay, double dampening)
    implements Optimizer {
  Sgd {
    Checks.probability(momentum, "momentum");
    Checks.probability(dampening, "dampening");
    Checks.argument(weightDecay >= 0, "weightDecay must not be negative, was %s", weightDecay);
    Checks.argument(
        !nesterov || (momentum > 0 && dampening == 0),
        "Nesterov needs a momentum and no dampening, these were %s and %s",
        momentum,
        dampening);
  }

  @Override
  public void update(NDArray weight, NDArray gradient, OptimizerState state, Rates rates) {
    double mu = rates.momentum().orElse(momentum);
    if (weightDecay != 0) {
      Optimizers.add(gradient, weight, weightDecay);
    }
    if (mu == 0) {
      Optimizers.add(weight, gradient, -rates.learningRate());
      return;
    }
    NDArray buffer = state.slot("momentum");
    buffer.muli(mu);
    Optimizers.add(buffer, gradient, state.step() == 1 ? 1 : 1 - dampening);
    if (nesterov) {
      Optimizers.add(gradient, buffer, mu);
      Optimizers.add(weight, gradient, -rates.learningRate());
    } else {
      Optimizers.add(weight, buffer, -rates.learningRate());
    }
  }

  @Override
  public String toString() {
    return "sgd(momentum "
        + momentum
        + (nesterov ? ", nesterov" : "")
        + ", weight decay "
        + weightDecay
        + (dampening == 0 ? "" : ", dampening " + dampening)
        + ")";
  }
}
