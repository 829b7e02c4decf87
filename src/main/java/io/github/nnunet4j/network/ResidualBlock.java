package io.github.nnunet4j.network;

import ai.djl.ndarray.NDArray;
import ai.djl.training.ParameterStore;
import io.github.nnunet4j.network.ConvolutionBlock.Role;
import io.github.nnunet4j.network.ConvolutionLayer.Spec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Two convolutions ({@code BasicBlockD}) or three ({@code BottleneckD}) and a way around them.
 * Where the stride is not 1 the way around pools by the mean, where the channels differ it
 * convolves with a kernel of 1 and normalizes; or it does both with one convolution.
 */
final class ResidualBlock implements Layer {
  private final List<Layer> main = new ArrayList<>();
  private final List<Layer> around = new ArrayList<>();
  private final Layer nonlinearity;
  private final BlockPlaces places;
  private final LayerStyle style;
  private final Names names;

  /**
   * A block.
   *
   * @param blocks its options
   * @param width features in the middle, 0 for a block of two convolutions
   */
  ResidualBlock(
      Names names,
      BlockPlaces places,
      LayerStyle style,
      Spec spec,
      ResidualBlocks blocks,
      int width) {
    this.places = places;
    this.style = style;
    this.names = names;
    int in = spec.in();
    int out = spec.out();
    List<Integer> ones = Collections.nCopies(spec.kernel().size(), 1);
    Role last = blocks.zeroLastNorm() ? Role.LAST_SILENT : Role.LAST;
    if (width == 0) {
      convolution(spec, Role.FULL);
      convolution(new Spec(out, out, spec.kernel(), ones), last);
    } else {
      convolution(new Spec(in, width, ones, ones), Role.UNDROPPED);
      convolution(new Spec(width, width, spec.kernel(), spec.stride()), Role.FULL);
      convolution(new Spec(width, out, ones, ones), last);
    }
    nonlinearity =
        ConvolutionBlock.activation(names.at("nonlin" + main.size()), style.style().nonlinearity());
    if (blocks.stochasticDepth() > 0) {
      main.add(DropLayer.ofSamples(blocks.stochasticDepth()));
    }
    blocks
        .squeezeExcitation()
        .ifPresent(
            options ->
                main.add(
                    new SqueezeExcitationLayer(
                        names.at("squeeze_excitation"), out, ones.size(), options)));
    buildAround(spec, blocks.shortcut(), ones);
  }

  private void convolution(Spec spec, Role role) {
    main.add(new ConvolutionBlock(places.parts(names, main.size() + 1), style, spec, role));
  }

  private void buildAround(Spec spec, ResidualBlocks.Shortcut shortcut, List<Integer> ones) {
    boolean strided = spec.stride().stream().anyMatch(s -> s != 1);
    boolean pooled = strided && shortcut == ResidualBlocks.Shortcut.POOLED;
    if (pooled) {
      around.add(PoolingLayers.mean(spec.stride()));
    }
    if (spec.in() != spec.out() || (strided && !pooled)) {
      Spec projection = new Spec(spec.in(), spec.out(), ones, pooled ? ones : spec.stride());
      around.add(
          new ConvolutionBlock(places.around(names, pooled), style, projection, Role.AROUND));
    }
  }

  @Override
  public NDArray forward(ParameterStore store, NDArray x, boolean training) {
    NDArray other = Layer.chain(around, store, x, training);
    NDArray through = Layer.chain(main, store, x, training);
    NDArray sum = through.add(other);
    through.close();
    Layer.closeUnless(other, x, sum);
    NDArray y = nonlinearity.forward(store, sum, training);
    Layer.closeUnless(sum, x, y);
    return y;
  }
}
