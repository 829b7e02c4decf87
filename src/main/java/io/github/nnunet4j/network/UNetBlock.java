package io.github.nnunet4j.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The block of a {@link UNet}: down with skips, up with heads. */
final class UNetBlock extends TorchBlock {
  private final UNet net;
  private final int outputs;
  private final boolean deepSupervision;
  private final LayerStyle layers;
  private final List<Layer> encoder;
  private final List<Layer> decoder;
  private final List<Layer> upsamplings;
  private final Layer[] heads;

  UNetBlock(UNet net, int inputs, int outputs, boolean deepSupervision) {
    super(net.style().initialization());
    this.net = net;
    this.outputs = outputs;
    this.deepSupervision = deepSupervision;
    layers = LayerStyle.of(net.style());
    heads = new Layer[net.stages() - 1];
    UNetParts parts = new UNetParts(net, layers, TorchPlaces.of(net, root()));
    // the order in which the reference registers its parameters
    switch (net.style().naming()) {
      case V2 -> {
        encoder = parts.encoder(inputs);
        decoder = parts.decoder();
        upsamplings = parts.upsamplings();
        addHeads(parts, 0, heads.length);
      }
      case V1_GENERIC -> {
        decoder = parts.decoder();
        encoder = parts.encoder(inputs);
        upsamplings = parts.upsamplings();
        addHeads(parts, 0, heads.length);
      }
      case V1_RESIDUAL -> {
        encoder = parts.encoder(inputs);
        addHeads(parts, heads.length - 1, heads.length);
        upsamplings = parts.upsamplings();
        decoder = parts.decoder();
        addHeads(parts, 0, heads.length - 1);
      }
      default -> throw new IllegalStateException(net.style().naming().toString());
    }
  }

  private void addHeads(UNetParts parts, int from, int to) {
    for (int i = from; i < to; i++) {
      heads[i] = parts.head(i, outputs);
    }
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> arguments) {
    NDArray input = inputs.singletonOrThrow();
    Deque<NDArray> skips = new ArrayDeque<>();
    NDArray x = input;
    for (Layer stage : encoder) {
      x = stage.forward(store, x, training);
      skips.push(x);
    }
    skips.pop();
    List<NDArray> outs = new ArrayList<>();
    for (int i = 0; i < decoder.size(); i++) {
      NDArray skip = skips.pop();
      NDArray up = upsamplings.get(i).forward(store, x, training);
      Layer.closeUnless(x, input, up);
      NDArray both = NDArrays.concat(new NDList(up, skip), 1);
      up.close();
      skip.close();
      x = decoder.get(i).forward(store, both, training);
      Layer.closeUnless(both, input, x);
      if (deepSupervision || i == decoder.size() - 1) {
        outs.add(heads[i].forward(store, x, training));
      }
    }
    x.close();
    Collections.reverse(outs);
    return new NDList(outs);
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
    super.initializeChildBlocks(manager, type, shapes);
    layers.overwriting().ifPresent(activation -> activation.load(manager));
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
