package io.github.nnunet4j.train;

import ai.djl.ndarray.NDArray;

/**
 * An update rule: changes one parameter in place, given its gradient. The trainer calls it once per
 * iteration for every parameter that has a gradient; a parameter without one (the unused lowest
 * segmentation layer) is not touched, neither by a step nor by weight decay. What the rule must
 * remember lives in the {@link OptimizerState} of the parameter, which checkpoints save bit for
 * bit; a rule itself has no state.
 *
 * <p>The first step goes against the gradient (but for rules that only look at first, as Adan
 * does), a learning rate of 0 leaves the weight as it is, and a gradient of zeros leaves everything
 * finite.
 *
 * <pre>{@code
 * Optimizer sign = (weight, gradient, state, rates) -> {
 *   try (NDArray step = gradient.sign().muli(rates.learningRate())) {
 *     weight.subi(step);
 *   }
 * };
 * }</pre>
 */
@FunctionalInterface
public interface Optimizer {
  /**
   * One step of one parameter.
   *
   * @param weight the parameter, to be changed in place
   * @param gradient of the same shape, after clipping; may be changed, it is not used again
   * @param state what this rule remembers for this parameter; {@link OptimizerState#step()} counts
   *     from 1
   * @param rates the rates of the epoch
   */
  void update(NDArray weight, NDArray gradient, OptimizerState state, Rates rates);

  /**
   * The same rule under a name, by which the folder of a run tells it from other lambdas of its
   * class.
   *
   * @param name what it prints; take another one when the behaviour changes
   * @return the rule
   */
  default Optimizer named(String name) {
    return new Named.UpdateRule(this, name);
  }
}
