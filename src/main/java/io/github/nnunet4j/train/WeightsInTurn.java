package io.github.nnunet4j.train;

import io.github.nnunet4j.network.Weights;
import java.util.Objects;

/** Initial weights of two sources, one after the other. */
record WeightsInTurn(InitialWeights first, InitialWeights next) implements InitialWeights {
  WeightsInTurn {
    Objects.requireNonNull(first, "first");
    Objects.requireNonNull(next, "next");
  }

  @Override
  public Weights replace(Weights drawn) {
    return next.replace(first.replace(drawn));
  }

  @Override
  public String toString() {
    return first + ", then " + next;
  }
}
