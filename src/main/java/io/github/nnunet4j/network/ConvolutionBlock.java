package io.github.nnunet4j.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.error.StrategyException;
import java.util.ArrayList;
import java.util.List;

/** Convolution, normalization and nonlinearity, in the network's order. */
final class ConvolutionBlock implements Layer {
  private final List<Layer> layers = new ArrayList<>();

  /** The shape of one convolution. */
  record Spec(int in, int out, List<Integer> kernel, List<Integer> stride) {}

  ConvolutionBlock(Names names, UNet net, Spec spec, boolean bias, boolean activated) {
    layers.add(
        new ConvolutionLayer(
            names.at("conv"), spec.in(), spec.out(), spec.kernel(), spec.stride(), bias));
    Layer norm = norm(names.at("norm"), net.normalization(), spec.out());
    if (!activated) {
      layers.add(norm);
    } else if (net.nonlinearityFirst()) {
      layers.add(activation(net.nonlinearity()));
      layers.add(norm);
    } else {
      layers.add(norm);
      layers.add(activation(net.nonlinearity()));
    }
  }

  static Layer norm(Names names, Normalization normalization, int channels) {
    Block block = normalization.build(channels);
    names.add(block);
    String strategy = "normalization " + normalization;
    return (store, x, training) ->
        sameShape(strategy, x, block.forward(store, new NDList(x), training).singletonOrThrow());
  }

  static Layer activation(Nonlinearity nonlinearity) {
    String strategy = "nonlinearity " + nonlinearity;
    return (store, x, training) -> sameShape(strategy, x, nonlinearity.apply(x));
  }

  private static NDArray sameShape(String strategy, NDArray x, NDArray y) {
    if (!y.getShape().equals(x.getShape())) {
      throw new StrategyException(
          new Problem(
              strategy,
              "a result of the input's shape " + x.getShape(),
              y.getShape().toString(),
              "Return an array of the shape you were given."));
    }
    return y;
  }

  @Override
  public NDArray forward(ParameterStore store, NDArray x, boolean training) {
    return Layer.chain(layers, store, x, training);
  }
}
