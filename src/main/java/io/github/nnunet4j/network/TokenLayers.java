package io.github.nnunet4j.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import org.jspecify.annotations.Nullable;

/** The layers of a transformer, on arrays (batch, tokens, width). */
final class TokenLayers {
  private static final double DEVIATION = 0.02;
  private static final float EPS = 1e-5f;

  private TokenLayers() {}

  /** Starts normal with the deviation that timm's vision transformers have, divided. */
  static Initialization normal(double divisor) {
    return (shape, random) -> Initializations.normal(shape, DEVIATION / divisor, random);
  }

  static Initialization constant(float value) {
    return (shape, random) -> Initializations.constant(shape, value);
  }

  /** A product with a matrix (out, in) and a sum. */
  static Layer linear(Names names, int in, int out, boolean hasBias, double divisor) {
    Parameter weight = names.parameter("weight", normal(divisor), out, in);
    @Nullable Parameter bias = hasBias ? names.bias("bias", out) : null;
    return (store, x, training) -> {
      NDArray turned = store.getValue(weight, x.getDevice(), training).transpose();
      turned.attach(x.getManager());
      try (NDArray matrix = turned) {
        NDArray y = x.matMul(matrix);
        if (bias == null) {
          return y;
        }
        try (NDArray product = y) {
          return product.add(store.getValue(bias, x.getDevice(), training));
        }
      }
    };
  }

  /** The numbers of each token to mean 0 and variance 1, scaled and shifted. */
  static Layer norm(Names names, int width) {
    Parameter weight = names.parameter("weight", constant(1), width);
    Parameter bias = names.bias("bias", width);
    return (store, x, training) ->
        x.getNDArrayInternal()
            .layerNorm(
                x,
                new Shape(width),
                store.getValue(weight, x.getDevice(), training),
                store.getValue(bias, x.getDevice(), training),
                EPS)
            .singletonOrThrow();
  }

  /** A factor for each number of a token. */
  static Layer scale(Names names, String name, int width, float start) {
    Parameter factor = names.parameter(name, constant(start), width);
    return (store, x, training) -> x.mul(store.getValue(factor, x.getDevice(), training));
  }

  /** The sum of an array and what layers make of it. */
  static NDArray around(Iterable<Layer> layers, ParameterStore store, NDArray x, boolean training) {
    NDArray through = Layer.chain(layers, store, x, training);
    NDArray sum = x.add(through);
    Layer.closeUnless(through, x, sum);
    return sum;
  }
}
