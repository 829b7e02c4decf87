package io.github.nnunet4j.samples;

import ai.djl.ndarray.NDArray;
import io.github.nnunet4j.train.Optimizer;
import io.github.nnunet4j.train.OptimizerState;
import io.github.nnunet4j.train.Rates;

/**
 * An optimizer of one's own: Lion (Chen et al. 2023, arXiv 2302.06675), whose steps all have the
 * length of the learning rate. What it remembers lives in the state, so checkpoints save it.
 *
 * @param beta1 weight of the average in the step, unless the schedule gives a momentum
 * @param beta2 weight of the old average in the new one
 * @param weightDecay part of the weight that goes per step, times the learning rate
 */
public record OwnOptimizer(double beta1, double beta2, double weightDecay) implements Optimizer {
  /** Nothing is differentiated here, so Java numbers may stand beside arrays. */
  @Override
  public void update(NDArray weight, NDArray gradient, OptimizerState state, Rates rates) {
    double momentum = rates.momentum().orElse(beta1);
    NDArray average = state.slot("average"); // zeros at first; belongs to the state
    weight.muli(1 - rates.learningRate() * weightDecay);
    try (NDArray old = average.mul(momentum);
        NDArray fresh = gradient.mul(1 - momentum);
        NDArray step = old.addi(fresh).sign()) {
      weight.subi(step.muli(rates.learningRate()));
    }
    average.muli(beta2).addi(gradient.muli(1 - beta2));
  }
}
