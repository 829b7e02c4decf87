package io.github.nnunet4j.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.error.StrategyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Convolution, normalization and nonlinearity, in the network's order. */
final class ConvolutionBlock implements Layer {
  private final List<Layer> layers = new ArrayList<>();

  /** The shape of one convolution. */
  record Spec(int in, int out, List<Integer> kernel, List<Integer> stride) {}

  /**
   * A block.
   *
   * @param overwriting used in training where it can stand for normalization and nonlinearity
   */
  ConvolutionBlock(
      Names names,
      UNet net,
      Spec spec,
      boolean bias,
      boolean activated,
      Optional<InPlaceLeakyRelu> overwriting) {
    layers.add(
        new ConvolutionLayer(
            names.at("conv"), spec.in(), spec.out(), spec.kernel(), spec.stride(), bias));
    Block block = net.normalization().build(spec.out());
    names.at("norm").add(block);
    Layer norm = norm(block, net.normalization());
    if (!activated) {
      layers.add(norm);
    } else if (net.nonlinearityFirst()) {
      layers.add(activation(net.nonlinearity()));
      layers.add(norm);
    } else if (block instanceof InstanceNormBlock instance && overwriting.isPresent()) {
      layers.add(
          overwritten(instance, overwriting.get(), List.of(norm, activation(net.nonlinearity()))));
    } else {
      layers.add(norm);
      layers.add(activation(net.nonlinearity()));
    }
  }

  private static Layer norm(Block block, Normalization normalization) {
    String strategy = "normalization " + normalization;
    return (store, x, training) ->
        sameShape(strategy, x, block.forward(store, new NDList(x), training).singletonOrThrow());
  }

  private static Layer overwritten(
      InstanceNormBlock norm, InPlaceLeakyRelu activation, List<Layer> otherwise) {
    return (store, x, training) ->
        training && activation.isReady()
            ? norm.normalize(store, x, y -> activation.apply(store, y))
            : Layer.chain(otherwise, store, x, training);
  }

  /** The nonlinearity of an array that nobody else needs, neither now nor for a gradient. */
  static Layer activation(Nonlinearity nonlinearity, Optional<InPlaceLeakyRelu> overwriting) {
    Layer plain = activation(nonlinearity);
    return overwriting
        .<Layer>map(
            inPlace ->
                (store, x, training) ->
                    training && inPlace.isReady()
                        ? inPlace.apply(store, x)
                        : plain.forward(store, x, training))
        .orElse(plain);
  }

  private static Layer activation(Nonlinearity nonlinearity) {
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
