package io.github.nnunet4j.network;

import java.util.Optional;

/**
 * How a network makes its layers: the style, and what may overwrite arrays in training where it can
 * stand for normalization and nonlinearity.
 */
record LayerStyle(UNetStyle style, Optional<InPlaceLeakyRelu> overwriting) {
  static LayerStyle of(UNetStyle style) {
    return new LayerStyle(
        style,
        style.nonlinearity() instanceof Nonlinearities.LeakyRelu leaky && leaky.slope() >= 0
            ? Optional.of(new InPlaceLeakyRelu(leaky.slope()))
            : Optional.empty());
  }
}
