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
   * RAdam with beta 0.95 and 0.999, epsilon 1e-5 and threshold 5, as nnU-Net v1 has it within
   * {@link #ranger}.
   *
   * @param weightDecay zero or positive
   * @return an optimizer
   * @throws IllegalArgumentException if the weight decay is negative
   */
  public static Optimizer rAdam(double weightDecay) {
    return rAdam(RAdamSettings.defaults(weightDecay));
  }

  /**
   * RAdam (Liu et al. 2020): Adam without its denominator until the variance of the second moment
   * can be trusted, then with a correction for it. Weight decay shrinks the weight by {@code
   * learningRate * weightDecay} of itself, before the step.
   *
   * @param settings betas, epsilon, weight decay, threshold
   * @return an optimizer
   */
  public static Optimizer rAdam(RAdamSettings settings) {
    return new RAdam(settings);
  }

  /**
   * Ranger of nnU-Net v1 ({@code nnUNetTrainerV2_Ranger_*}): {@code lookahead(rAdam(weightDecay),
   * 6, 0.5)}. Its weight decay is 3e-5.
   *
   * @param weightDecay zero or positive
   * @return an optimizer
   * @throws IllegalArgumentException if the weight decay is negative
   */
  public static Optimizer ranger(double weightDecay) {
    return lookahead(rAdam(weightDecay), 6, 0.5);
  }

  /**
   * Lookahead (Zhang et al. 2019) around any optimizer: every few steps slow weights, which begin
   * as the first weights, go a part of the way to the present ones, which then become the slow
   * ones.
   *
   * @param inner what makes the steps; its state slots stay as they are
   * @param steps between two looks back, positive
   * @param part of the way, above 0, at most 1
   * @return an optimizer
   * @throws IllegalArgumentException if a number is out of range
   */
  public static Optimizer lookahead(Optimizer inner, int steps, double part) {
    return new Lookahead(inner, steps, part);
  }

  /**
   * Adan with the defaults of {@code adan_pytorch}: betas 0.02, 0.08, 0.01, epsilon 1e-8.
   *
   * @param weightDecay zero or positive
   * @return an optimizer
   * @throws IllegalArgumentException if the weight decay is negative
   */
  public static Optimizer adan(double weightDecay) {
    return adan(AdanSettings.defaults(weightDecay));
  }

  /**
   * Adan (Xie et al. 2022): adaptive moments of the gradient and of its change. As in {@code
   * adan_pytorch} 0.1.0, which nnU-Net v2 uses, the first step fills nothing but the memory of the
   * last gradient and moves a weight by its decay alone, {@code weight / (1 + learningRate *
   * weightDecay)}; it counts for the bias corrections.
   *
   * @param settings betas, epsilon, weight decay
   * @return an optimizer
   */
  public static Optimizer adan(AdanSettings settings) {
    return new Adan(settings);
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
      requireStep(epsilon, weightDecay);
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

    /**
     * The same with AMSGrad.
     *
     * @return divides by the largest second moment so far
     */
    public AdamSettings withAmsgrad() {
      return new AdamSettings(beta1, beta2, epsilon, weightDecay, true);
    }

    /**
     * The same with other betas.
     *
     * @param newBeta1 weight of the old first moment, 0 to 1
     * @param newBeta2 weight of the old second moment, 0 to 1
     * @return changed settings
     * @throws IllegalArgumentException if out of range
     */
    public AdamSettings withBetas(double newBeta1, double newBeta2) {
      return new AdamSettings(newBeta1, newBeta2, epsilon, weightDecay, amsgrad);
    }
  }

  /**
   * The numbers of RAdam.
   *
   * @param beta1 weight of the old first moment, 0 to 1; a schedule's momentum replaces it
   * @param beta2 weight of the old second moment, 0 to 1
   * @param epsilon added to the root of the second moment, positive
   * @param weightDecay zero or positive
   * @param threshold the length of the approximated average above which the denominator is used
   */
  public record RAdamSettings(
      double beta1, double beta2, double epsilon, double weightDecay, double threshold) {
    /** Checks the ranges. */
    public RAdamSettings {
      Checks.probability(beta1, "beta1");
      Checks.probability(beta2, "beta2");
      requireStep(epsilon, weightDecay);
      Checks.argument(threshold >= 4, "threshold must be at least 4, was %s", threshold);
    }

    /**
     * nnU-Net v1's numbers.
     *
     * @param weightDecay zero or positive
     * @return beta 0.95 and 0.999, epsilon 1e-5, threshold 5
     * @throws IllegalArgumentException if the weight decay is negative
     */
    public static RAdamSettings defaults(double weightDecay) {
      return new RAdamSettings(0.95, 0.999, 1e-5, weightDecay, 5);
    }
  }

  /**
   * The numbers of Adan. Its betas weigh the <em>new</em> value.
   *
   * @param beta1 weight of the new gradient, 0 to 1; one less a schedule's momentum replaces it
   * @param beta2 weight of the new change of the gradient, 0 to 1
   * @param beta3 weight of the new square, 0 to 1
   * @param epsilon added to the root of the square, positive
   * @param weightDecay zero or positive
   */
  public record AdanSettings(
      double beta1, double beta2, double beta3, double epsilon, double weightDecay) {
    /** Checks the ranges. */
    public AdanSettings {
      Checks.probability(beta1, "beta1");
      Checks.probability(beta2, "beta2");
      Checks.probability(beta3, "beta3");
      requireStep(epsilon, weightDecay);
    }

    /**
     * The numbers of {@code adan_pytorch}.
     *
     * @param weightDecay zero or positive
     * @return betas 0.02, 0.08, 0.01, epsilon 1e-8
     * @throws IllegalArgumentException if the weight decay is negative
     */
    public static AdanSettings defaults(double weightDecay) {
      return new AdanSettings(0.02, 0.08, 0.01, 1e-8, weightDecay);
    }
  }

  private static void requireStep(double epsilon, double weightDecay) {
    Checks.positive(epsilon, "epsilon");
    Checks.argument(weightDecay >= 0, "weightDecay must not be negative, was %s", weightDecay);
  }

  /** {@code target += factor * source}. */
  static void add(NDArray target, NDArray source, double factor) {
    try (NDArray scaled = source.mul(factor)) {
      target.addi(scaled);
    }
  }
}
