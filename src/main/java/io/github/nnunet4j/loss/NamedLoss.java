package io.github.nnunet4j.loss;

import ai.djl.ndarray.NDArray;
import java.util.Objects;

/** A loss under a name, which is all that it prints. */
record NamedLoss(LossFunction loss, String name) implements LossFunction {
  NamedLoss {
    Objects.requireNonNull(name, "name");
  }

  @Override
  public NDArray evaluate(NDArray logits, Target target) {
    return loss.evaluate(logits, target);
  }

  @Override
  public NDArray evaluate(Prediction prediction, Target target) {
    return loss.evaluate(prediction, target);
  }

  @Override
  public LossFunction at(double progress) {
    return new NamedLoss(loss.at(progress), name);
  }

  @Override
  public String toString() {
    return name;
  }
}
