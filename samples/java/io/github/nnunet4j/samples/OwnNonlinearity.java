package io.github.nnunet4j.samples;

import ai.djl.ndarray.NDArray;
import io.github.nnunet4j.network.Nonlinearity;

/** A nonlinearity of one's own: softsign, x / (1 + |x|). */
public record OwnNonlinearity() implements Nonlinearity {
  @Override
  public NDArray apply(NDArray x) {
    try (NDArray size = x.abs();
        NDArray divisor = size.add(1)) {
      return x.div(divisor);
    }
  }
}
