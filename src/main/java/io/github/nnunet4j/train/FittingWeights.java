package io.github.nnunet4j.train;

import io.github.nnunet4j.network.Weights;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Every tensor that fits; those whose names contain a text must. */
record FittingWeights(Weights given, Set<String> required) implements InitialWeights {
  FittingWeights {
    Objects.requireNonNull(given, "given");
    required = Set.copyOf(required);
  }

  @Override
  public Weights replace(Weights drawn) {
    WeightTransfer transfer = new WeightTransfer(given, drawn);
    for (String name : drawn.names()) {
      if (transfer.fits(name)) {
        transfer.take(name);
      } else if (WholeNetwork.isAny(name, required)) {
        transfer.miss(name);
      }
    }
    return transfer.weights();
  }

  @Override
  public String toString() {
    return "what fits of weights "
        + given.digest()
        + (required.isEmpty() ? "" : ", all of " + new TreeSet<>(required));
  }
}
