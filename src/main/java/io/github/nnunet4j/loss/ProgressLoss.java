package io.github.nnunet4j.loss;

import ai.djl.ndarray.NDArray;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.error.StrategyException;

/** A loss that is only known once the progress is. */
interface ProgressLoss extends LossFunction {
  @Override
  default NDArray evaluate(NDArray logits, Target target) {
    throw new StrategyException(
        new Problem(
            "loss " + this,
            "a progress before the first evaluation",
            "none",
            "Call at(progress); a loss of your own that wraps this one must override at."));
  }

  @Override
  LossFunction at(double progress);
}
