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

/** Convolution, dropout, normalization and nonlinearity, in the network's order. */
final class ConvolutionBlock implements Layer {
  private final List<Layer> layers = new ArrayList<>();

  /** What a block is made of, by its place. */
  enum Role {
    /** All layers. */
    FULL,
    /** All but dropout. */
    UNDROPPED,
    /** Before a sum: neither dropout nor nonlinearity. */
    LAST,
    /** Before a sum, with scale and shift that start at 0. */
    LAST_SILENT,
    /** Around a residual block: neither bias nor dropout nor nonlinearity. */
    AROUND
  }

  ConvolutionBlock(
      BlockPlaces.Parts places, LayerStyle layerStyle, ConvolutionLayer.Spec spec, Role role) {
    UNetStyle style = layerStyle.style();
    boolean bias = style.convolutionBias() && role != Role.AROUND;
    layers.add(
        new ConvolutionLayer(
            places.convolution(), spec.in(), spec.out(), spec.kernel(), spec.stride(), bias));
    if (style.dropout() > 0 && role == Role.FULL) {
      layers.add(DropLayer.ofChannels(style.dropout()));
    }
    Block block = style.normalization().build(spec.out());
    if (role == Role.LAST_SILENT) {
      places.normalization().addSilent(block);
    } else {
      places.normalization().add(block);
    }
    Layer norm = norm(block, style.normalization());
    if (role != Role.FULL && role != Role.UNDROPPED) {
      layers.add(norm);
      return;
    }
    Layer activation = activation(places.nonlinearity(), style.nonlinearity());
    if (style.nonlinearityFirst()) {
      layers.addAll(List.of(activation, norm));
    } else if (block instanceof InstanceNormBlock instance
        && layerStyle.overwriting().isPresent()) {
      layers.add(overwritten(instance, layerStyle.overwriting().get(), List.of(norm, activation)));
    } else {
      layers.addAll(List.of(norm, activation));
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

  /** A nonlinearity; what it learns is registered. */
  static Layer activation(Names names, Nonlinearity nonlinearity) {
    String strategy = "nonlinearity " + nonlinearity;
    Optional<Block> learned = nonlinearity.learned();
    if (learned.isEmpty()) {
      return (store, x, training) -> sameShape(strategy, x, nonlinearity.apply(x));
    }
    Block block = learned.get();
    names.add(block);
    return (store, x, training) ->
        sameShape(strategy, x, block.forward(store, new NDList(x), training).singletonOrThrow());
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
