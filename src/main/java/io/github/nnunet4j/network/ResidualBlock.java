package io.github.nnunet4j.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Two convolutions and a way around them ({@code BasicBlockD}): where the stride is not 1 the way
 * around pools by the mean, where the channels differ it convolves with a kernel of 1 and
 * normalizes.
 */
final class ResidualBlock implements Layer {
  private final List<Layer> main;
  private final List<Layer> skip = new ArrayList<>();
  private final Layer activation;

  ResidualBlock(
      Names names, UNet net, ConvolutionBlock.Spec spec, Optional<InPlaceLeakyRelu> overwriting) {
    List<Integer> ones = Collections.nCopies(net.rank(), 1);
    ConvolutionBlock.Spec second =
        new ConvolutionBlock.Spec(spec.out(), spec.out(), spec.kernel(), ones);
    main =
        List.of(
            new ConvolutionBlock(
                names.at("conv1"), net, spec, net.convolutionBias(), true, overwriting),
            new ConvolutionBlock(
                names.at("conv2"), net, second, net.convolutionBias(), false, overwriting));
    boolean strided = spec.stride().stream().anyMatch(s -> s != 1);
    if (strided) {
      skip.add(averagePooling(spec.stride()));
    }
    if (spec.in() != spec.out()) {
      ConvolutionBlock.Spec projection =
          new ConvolutionBlock.Spec(spec.in(), spec.out(), ones, ones);
      String place = strided ? "skip.1" : "skip.0";
      skip.add(new ConvolutionBlock(names.at(place), net, projection, false, false, overwriting));
    }
    activation = ConvolutionBlock.activation(net.nonlinearity(), overwriting);
  }

  private static Layer averagePooling(List<Integer> stride) {
    Shape window = new Shape(stride.stream().mapToLong(Integer::longValue).toArray());
    Shape none = new Shape(new long[stride.size()]);
    return (store, x, training) ->
        x.getNDArrayInternal().avgPool(window, window, none, false, true);
  }

  @Override
  public NDArray forward(ParameterStore store, NDArray x, boolean training) {
    NDArray around = Layer.chain(skip, store, x, training);
    NDArray through = Layer.chain(main, store, x, training);
    NDArray sum = through.add(around); // nothing else holds it: it may be overwritten
    through.close();
    Layer.closeUnless(around, x, sum);
    NDArray y = activation.forward(store, sum, training);
    Layer.closeUnless(sum, x, y);
    return y;
  }
}
