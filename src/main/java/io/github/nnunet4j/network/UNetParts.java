package io.github.nnunet4j.network;

import io.github.nnunet4j.network.ConvolutionBlock.Role;
import io.github.nnunet4j.network.ConvolutionLayer.Spec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Makes the stages of a U-Net, the samplings between them and the heads. Decoder stages count from
 * the lowest resolution, as torch numbers them; stage i works on the resolution of encoder stage
 * {@code last - 1 - i}.
 */
final class UNetParts {
  private final UNet net;
  private final UNetStyle style;
  private final LayerStyle layers;
  private final TorchPlaces places;
  private final List<Integer> ones;
  private final int last;

  UNetParts(UNet net, LayerStyle layers, TorchPlaces places) {
    this.net = net;
    this.layers = layers;
    this.places = places;
    style = net.style();
    ones = Collections.nCopies(net.rank(), 1);
    last = net.stages() - 1;
  }

  /** The stages of the encoder, each with its pooling, the first one with the stem. */
  List<Layer> encoder(int inputs) {
    List<Layer> stages = new ArrayList<>();
    List<Layer> stage = new ArrayList<>();
    int in = inputs;
    if (net.encoder() == UNet.Encoder.RESIDUAL) {
      int width = stemWidth(net);
      List<Integer> kernel = style.stem().kernel();
      Spec spec = new Spec(in, width, kernel.isEmpty() ? net.kernels().get(0) : kernel, ones);
      stage.add(new ConvolutionBlock(places.stem(), layers, spec, Role.FULL));
      in = width;
    }
    for (int s = 0; s <= last; s++) {
      List<Integer> stride = net.strides().get(s);
      switch (style.downsampling()) {
        case STRIDED -> {}
        case MAX -> stage.add(PoolingLayers.max(stride));
        case MEAN -> stage.add(PoolingLayers.mean(stride));
      }
      for (int b = 0; b < net.encoderBlocks().get(s); b++) {
        boolean strided = b == 0 && style.downsampling() == UNetStyle.Downsampling.STRIDED;
        int out = width(s, s == last && b == net.encoderBlocks().get(s) - 1);
        stage.add(
            encoderBlock(s, b, new Spec(in, out, net.kernels().get(s), strided ? stride : ones)));
        in = out;
      }
      stages.add(chain(stage));
      stage = new ArrayList<>();
    }
    return stages;
  }

  private Layer encoderBlock(int s, int b, Spec spec) {
    Names names = places.encoderBlock(s, b);
    if (net.encoder() == UNet.Encoder.PLAIN) {
      return new ConvolutionBlock(places.parts(names), layers, spec, Role.FULL);
    }
    List<Integer> widths = style.residual().bottleneck();
    int width = widths.isEmpty() ? 0 : widths.get(s);
    return new ResidualBlock(names, places, layers, spec, style.residual(), width);
  }

  List<Layer> decoder() {
    Decoder decoder = style.decoder();
    List<Layer> stages = new ArrayList<>();
    for (int i = 0; i < last; i++) {
      int s = last - 1 - i;
      List<Integer> kernel = net.kernels().get(decoder.deeperKernels() ? s + 1 : s);
      List<Layer> stage = new ArrayList<>();
      int blocks = net.decoderBlocks().get(i);
      int in = 2 * net.features().get(s);
      for (int b = 0; b < blocks; b++) {
        int out = width(s, b == blocks - 1);
        Names names = places.decoderBlock(i, b);
        Spec spec = new Spec(in, out, kernel, ones);
        stage.add(
            decoder.residual()
                ? new ResidualBlock(names, places, layers, spec, style.residual().decoder(), 0)
                : new ConvolutionBlock(
                    places.parts(names),
                    layers,
                    spec,
                    decoder.dropout() ? Role.FULL : Role.UNDROPPED));
        in = out;
      }
      stages.add(chain(stage));
    }
    return stages;
  }

  /** Before linear upsampling the last block of a stage has as many features as the next stage. */
  private int width(int stage, boolean lastBlock) {
    boolean narrows = lastBlock && style.decoder().upsampling() == Decoder.Upsampling.LINEAR;
    return net.features().get(narrows ? Math.max(0, stage - 1) : stage);
  }

  List<Layer> upsamplings() {
    List<Layer> upsamplings = new ArrayList<>();
    for (int i = 0; i < last; i++) {
      int s = last - 1 - i;
      List<Integer> stride = net.strides().get(s + 1);
      boolean bias =
          style.decoder().upsampling() == Decoder.Upsampling.TRANSPOSED && style.convolutionBias();
      upsamplings.add(
          style.decoder().upsampling() == Decoder.Upsampling.LINEAR
              ? LinearResize.byFactors(stride)
              : new TransposedConvolutionLayer(
                  places.upsampling(i),
                  net.features().get(s + 1),
                  net.features().get(s),
                  stride,
                  bias));
    }
    return upsamplings;
  }

  Layer head(int stage, int outputs) {
    int s = last - 1 - stage;
    Decoder.Heads kind = style.decoder().heads();
    boolean bias = kind == Decoder.Heads.BIASED;
    Layer head =
        new ConvolutionLayer(places.head(stage), width(s, true), outputs, ones, ones, bias);
    if (kind != Decoder.Heads.UPSCALED || s == 0) {
      return head;
    }
    List<Integer> first = UNetRules.reductions(net).get(0);
    List<Integer> here = UNetRules.reductions(net).get(s);
    List<Integer> factors = new ArrayList<>();
    for (int a = 0; a < net.rank(); a++) {
      factors.add(here.get(a) / first.get(a));
    }
    return chain(List.of(head, LinearResize.byFactors(factors)));
  }

  static int stemWidth(UNet net) {
    int channels = net.style().stem().channels();
    return channels == 0 ? net.features().get(0) : channels;
  }

  private static Layer chain(List<Layer> stage) {
    List<Layer> layers = List.copyOf(stage);
    return (store, x, training) -> Layer.chain(layers, store, x, training);
  }
}
