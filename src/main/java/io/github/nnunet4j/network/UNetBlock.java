package io.github.nnunet4j.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.ConstantInitializer;
import ai.djl.util.PairList;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The block of a {@link UNet}: all parameters under torch's names, in torch's order. */
final class UNetBlock extends AbstractBlock implements TorchNamed {
  private final UNet net;
  private final int outputs;
  private final boolean deepSupervision;
  private final Optional<InPlaceLeakyRelu> overwriting;
  private final Map<String, Parameter> named = new LinkedHashMap<>();
  private final List<Layer> encoderStages = new ArrayList<>();
  private final List<Layer> decoderStages = new ArrayList<>();
  private final List<Layer> upsamplings = new ArrayList<>();
  private final List<Layer> heads = new ArrayList<>();
  private final List<Integer> ones;
  private @Nullable Layer stemLayer;

  UNetBlock(UNet net, int inputs, int outputs, boolean deepSupervision) {
    this.net = net;
    this.outputs = outputs;
    this.deepSupervision = deepSupervision;
    ones = Collections.nCopies(net.rank(), 1);
    overwriting =
        net.nonlinearity() instanceof Nonlinearities.LeakyRelu leaky && leaky.slope() >= 0
            ? Optional.of(new InPlaceLeakyRelu(leaky.slope()))
            : Optional.empty();
    Names root = new Place("");
    buildEncoder(root.at("encoder"), inputs);
    buildDecoder(root.at("decoder"));
  }

  private final class Place implements Names {
    private final String prefix;

    Place(String prefix) {
      this.prefix = prefix;
    }

    @Override
    public Parameter add(String name, Parameter.Type type, long... shape) {
      String full = prefix + name;
      Parameter parameter =
          Parameter.builder().setName(full).setType(type).optShape(new Shape(shape)).build();
      parameter.setInitializer(new ConstantInitializer(0));
      named.put(full, addParameter(parameter));
      return parameter;
    }

    @Override
    public void add(Block block) {
      addChildBlock(prefix, block);
      block.getParameters().forEach(pair -> named.put(prefix + pair.getKey(), pair.getValue()));
    }

    @Override
    public Names at(String child) {
      return new Place(prefix + child + ".");
    }
  }

  private ConvolutionBlock.Spec spec(int in, int stage, List<Integer> stride) {
    return new ConvolutionBlock.Spec(
        in, net.features().get(stage), net.kernels().get(stage), stride);
  }

  /** A convolution to the features of a stage, with norm and nonlinearity. */
  private Layer convolution(Names names, int in, int stage, List<Integer> stride) {
    return new ConvolutionBlock(
        names, net, spec(in, stage, stride), net.convolutionBias(), true, overwriting);
  }

  private void buildEncoder(Names names, int inputs) {
    boolean residual = net.encoder() == UNet.Encoder.RESIDUAL;
    int in = inputs;
    if (residual) {
      stemLayer = convolution(names.at("stem").at("convs").at("0"), in, 0, ones);
      in = net.features().get(0);
    }
    for (int s = 0; s < net.stages(); s++) {
      Names stage = names.at("stages").at(Integer.toString(s));
      List<Layer> blocks = new ArrayList<>();
      for (int b = 0; b < net.encoderBlocks().get(s); b++) {
        List<Integer> stride = b == 0 ? net.strides().get(s) : ones;
        String number = Integer.toString(b);
        blocks.add(
            residual
                ? new ResidualBlock(
                    stage.at("blocks").at(number), net, spec(in, s, stride), overwriting)
                : convolution(stage.at("0").at("convs").at(number), in, s, stride));
        in = net.features().get(s);
      }
      encoderStages.add((store, x, training) -> Layer.chain(blocks, store, x, training));
    }
  }

  /** Decoder stage i works on the resolution of encoder stage n - 2 - i, as torch numbers them. */
  private void buildDecoder(Names names) {
    int count = net.stages() - 1;
    for (int i = 0; i < count; i++) {
      int s = count - 1 - i;
      int width = net.features().get(s);
      Names convs = names.at("stages").at(Integer.toString(i)).at("convs");
      List<Layer> blocks = new ArrayList<>();
      for (int b = 0; b < net.decoderBlocks().get(i); b++) {
        int in = b == 0 ? 2 * width : width; // what comes from below beside the encoder's result
        blocks.add(convolution(convs.at(Integer.toString(b)), in, s, ones));
      }
      decoderStages.add((store, x, training) -> Layer.chain(blocks, store, x, training));
    }
    for (int i = 0; i < count; i++) {
      int s = count - 1 - i;
      upsamplings.add(
          new TransposedConvolutionLayer(
              names.at("transpconvs").at(Integer.toString(i)),
              net.features().get(s + 1),
              net.features().get(s),
              net.strides().get(s + 1),
              net.convolutionBias()));
    }
    for (int i = 0; i < count; i++) {
      int width = net.features().get(count - 1 - i);
      Names head = names.at("seg_layers").at(Integer.toString(i));
      heads.add(new ConvolutionLayer(head, width, outputs, ones, ones, true));
    }
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> arguments) {
    NDArray input = inputs.singletonOrThrow();
    Deque<NDArray> skips = encode(store, input, training);
    NDArray x = skips.pop();
    List<NDArray> outs = new ArrayList<>();
    for (int i = 0; i < decoderStages.size(); i++) {
      NDArray skip = skips.pop();
      NDArray up = upsamplings.get(i).forward(store, x, training);
      x.close();
      NDArray both = NDArrays.concat(new NDList(up, skip), 1);
      up.close();
      skip.close();
      x = decoderStages.get(i).forward(store, both, training);
      Layer.closeUnless(both, input, x);
      if (deepSupervision || i == decoderStages.size() - 1) {
        outs.add(heads.get(i).forward(store, x, training));
      }
    }
    x.close();
    Collections.reverse(outs);
    return new NDList(outs);
  }

  /** The results of all stages, the lowest resolution on top. */
  private Deque<NDArray> encode(ParameterStore store, NDArray input, boolean training) {
    Deque<NDArray> skips = new ArrayDeque<>();
    NDArray x = stemLayer == null ? input : stemLayer.forward(store, input, training);
    NDArray stem = x;
    for (Layer stage : encoderStages) {
      x = stage.forward(store, x, training);
      skips.push(x);
    }
    if (stem != input) {
      stem.close();
    }
    return skips;
  }

  @Override
  public Map<String, Parameter> torchParameters() {
    return Collections.unmodifiableMap(named);
  }

  @Override
  public Map<String, float[]> initialValues(RandomGenerator random) {
    return HeInitialization.draw(named, net.encoder() == UNet.Encoder.RESIDUAL, random);
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
    for (Block child : children.values()) {
      child.initialize(manager, type, shapes);
    }
    overwriting.ifPresent(activation -> activation.load(manager));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    Shape input = inputShapes[0];
    List<List<Integer>> scales = net.scales();
    int count = deepSupervision ? scales.size() : 1;
    Shape[] shapes = new Shape[count];
    for (int i = 0; i < count; i++) {
      long[] shape = input.getShape().clone();
      shape[1] = outputs;
      for (int a = 0; a < net.rank(); a++) {
        shape[2 + a] /= scales.get(i).get(a);
      }
      shapes[i] = new Shape(shape);
    }
    return shapes;
  }
}
