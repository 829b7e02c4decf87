package io.github.nnunet4j.loss;

import ai.djl.ndarray.NDArray;

/** A loss that shares the probabilities with others. */
interface PredictionLoss extends LossFunction {
  @Override
  default NDArray evaluate(NDArray logits, Target target) {
    try (Prediction prediction = Prediction.of(logits, target)) {
      return evaluate(prediction, target);
    }
  }

  @Override
  NDArray evaluate(Prediction prediction, Target target);
}
