package io.github.nnunet4j.train;

import ai.djl.ndarray.NDArray;
import io.github.nnunet4j.internal.Checks;

/**
 * The built-in update rules, with the arithmetic of {@code torch.optim}. The learning rate comes
 * from the {@link OptimizerSchedule}.
 */
public final class Optimizers {
  private Optimizers() {}

  /**
   * Stochastic gradient descent with momentum. Weight decay is added to the gradient; the buffer is
   * {@code momentum * buffer + gradient}; Nesterov steps along {@code gradient + momentum *
   * buffer}. nnU-Net's default is {@code sgd(0.99, true, 3e-5)}.
   *
   * @param momentum 0 to 1
   * @param nesterov whether to look ahead; needs a momentum
   * @param weightDecay zero or positive
   * @return an optimizer
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static Optimizer sgd(double momentum, boolean nesterov, double weightDecay) {
    return sgd(momentum, nesterov, weightDecay, 0);
  }

  /**
   * Stochastic gradient descent whose buffer takes only a part of each gradient but the first:
   * {@code momentum * buffer + (1 - dampening) * gradient}.
   *
   * @param momentum 0 to 1
   * @param nesterov whether to look ahead; needs a momentum and no dampening
   * @param weightDecay zero or positive
   * @param dampening 0 to 1
   * @return an optimizer
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static Optimizer sgd(
      double momentum, boolean nesterov, double weightDecay, double dampening) {
    return new Sgd(momentum, nesterov, weightDecay, dampening);
  }

  /**
   * Adam with beta 0.9 and 0.999, epsilon 1e-8; weight decay is added to the gradient.
   *
   * @param weightDecay zero or positive
   * @return an optimizer
   * @throws IllegalArgumentException if the weight decay is negative
   */
  public static Optimizer adam(double weightDecay) {
    return adam(AdamSettings.defaults(weightDecay));
  }

  /**
   * Adam; weight decay is added to the gradient.
   *
   * @param settings betas, epsilon, weight decay, AMSGrad
   * @return an optimizer
   */
  public static Optimizer adam(AdamSettings settings) {
    return new Adam(settings, false);
  }

  /**
   * AdamW with beta 0.9 and 0.999, epsilon 1e-8; weight decay shrinks the weight by {@code
   * learningRate * weightDecay} of itself.
   *
   * @param weightDecay zero or positive
   * @return an optimizer
   * @throws IllegalArgumentException if the weight decay is negative
   */
  public static Optimizer adamW(double weightDecay) {
    return adamW(AdamSettings.defaults(weightDecay));
  }

  /**
   * AdamW; weight decay shrinks the weight.
   *
   * @param settings betas, epsilon, weight decay, AMSGrad
   * @return an optimizer
   */
  public static Optimizer adamW(AdamSettings settings) {
    return new Adam(settings, true);
  }

  /**
   * The numbers of Adam and AdamW.
   *
   * @param beta1 weight of the old first moment, 0 to 1; a schedule's momentum replaces it
   * @param beta2 weight of the old second moment, 0 to 1
   * @param epsilon added to the root of the second moment, positive
   * @param weightDecay zero or positive
   * @param amsgrad whether to divide by the largest second moment so far
   */
  public record AdamSettings(
      double beta1, double beta2, double epsilon, double weightDecay, boolean amsgrad) {
    /** Checks the ranges. */
    public AdamSettings {
      Checks.probability(beta1, "beta1");
      Checks.probability(beta2, "beta2");
      Checks.positive(epsilon, "epsilon");
      Checks.argument(weightDecay >= 0, "weightDecay must not be negative, was %s", weightDecay);
    }

    /**
     * torch's defaults.
     *
     * @param weightDecay zero or positive
     * @return beta 0.9 and 0.999, epsilon 1e-8, no AMSGrad
     * @throws IllegalArgumentException if the weight decay is negative
     */
    public static AdamSettings defaults(double weightDecay) {
      return new AdamSettings(0.9, 0.999, 1e-8, weightDecay, false);
    }
  }

  /** {@code target += factor * source}. */
  private static void add(NDArray target, NDArray source, double factor) {
    try (NDArray scaled = source.mul(factor)) {
      target.addi(scaled);
    }
  }

  private record Sgd(double momentum, boolean nesterov, double weightDecay, double dampening)
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
        add(gradient, weight, weightDecay);
      }
      if (mu == 0) {
        add(weight, gradient, -rates.learningRate());
        return;
      }
      NDArray buffer = state.slot("momentum");
      buffer.muli(mu);
      add(buffer, gradient, state.step() == 1 ? 1 : 1 - dampening);
      if (nesterov) {
        add(gradient, buffer, mu);
        add(weight, gradient, -rates.learningRate());
      } else {
        add(weight, buffer, -rates.learningRate());
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

  private record Adam(AdamSettings settings, boolean decoupled) implements Optimizer {
    @Override
    public void update(NDArray weight, NDArray gradient, OptimizerState state, Rates rates) {
      double lr = rates.learningRate();
      double beta1 = rates.momentum().orElse(settings.beta1());
      double beta2 = settings.beta2();
      if (decoupled) {
        weight.muli(1 - lr * settings.weightDecay());
      } else if (settings.weightDecay() != 0) {
        add(gradient, weight, settings.weightDecay());
      }
      NDArray first = state.slot("first_moment");
      try (NDArray difference = gradient.sub(first)) {
        add(first, difference, 1 - beta1);
      }
      NDArray second = state.slot("second_moment");
      try (NDArray square = gradient.mul(gradient)) {
        second.muli(beta2);
        add(second, square, 1 - beta2);
      }
      double correction = Math.sqrt(1 - Math.pow(beta2, (double) state.step()));
      try (NDArray root = largest(second, state).sqrt()) {
        root.divi(correction).addi(settings.epsilon());
        try (NDArray step = first.div(root)) {
          add(weight, step, -lr / (1 - Math.pow(beta1, (double) state.step())));
        }
      }
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
}
