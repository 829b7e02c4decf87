package io.github.nnunet4j.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.github.nnunet4j.image.Extent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The block of a {@link Primus}: tokens, transformer, transposed convolutions. */
final class PrimusBlock extends TorchBlock {
  private final Primus net;
  private final int outputs;
  private final Layer embedding;
  private final List<Layer> decoder = new ArrayList<>();
  private final Parameter positions;
  private final List<TransformerBlock> blocks = new ArrayList<>();
  private final Layer norm;

  PrimusBlock(Primus net, int inputs, int outputs) {
    super(Initializations.he());
    this.net = net;
    this.outputs = outputs;
    int width = net.size().width();
    root().buffer("mask_token", 1, 1, width);
    embedding = new TokenEmbedding(root().at("down_projection"), net.embedding(), inputs, width);
    buildDecoder(root().at("up_projection").at("decode"), width);
    Names eva = root().at("eva");
    long tokens = Primus.tokens(net.patch()).voxels();
    positions = eva.parameter("pos_embed", TokenLayers.normal(1), 1, tokens, width);
    int depth = net.size().depth();
    for (int i = 0; i < depth; i++) {
      double drop = depth == 1 ? 0 : net.dropPath() * i / (depth - 1);
      blocks.add(
          new TransformerBlock(eva.at("blocks").at(Integer.toString(i)), net.size(), i, drop));
    }
    norm = TokenLayers.norm(eva.at("norm"), width);
  }

  private void buildDecoder(Names names, int width) {
    List<Integer> twos = List.of(2, 2, 2);
    List<Integer> widths = Primus.decoderWidths(width, outputs);
    int in = width;
    for (int i = 0; i < widths.size(); i++) {
      int out = widths.get(i);
      Names stage = names.at(Integer.toString(i));
      if (i == widths.size() - 1) {
        decoder.add(new TransposedConvolutionLayer(stage, in, out, twos, true));
      } else {
        decoder.add(new TransposedConvolutionLayer(stage.at("0"), in, out, twos, true));
        LayerNormBlock normalization = new LayerNormBlock(out, 1e-6f);
        stage.at("1").add(normalization);
        decoder.add((store, x, training) -> normalization.normalize(store, x, training));
        decoder.add((store, x, training) -> x.getNDArrayInternal().gelu());
      }
      in = out;
    }
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> arguments) {
    NDArray input = inputs.singletonOrThrow();
    Extent grid = Primus.tokens(Extent.of(3, a -> (int) input.getShape().get(2 + a)));
    NDArray x = tokens(store, input, grid, training);
    int head = net.size().width() / net.size().heads();
    try (RotaryPositions rotary = new RotaryPositions(x, grid, head)) {
      for (TransformerBlock block : blocks) {
        NDArray y = block.forward(store, x, rotary, training);
        x.close();
        x = y;
      }
    }
    try (NDArray last = x;
        NDArray normal = norm.forward(store, last, training);
        NDArray columns = normal.transpose(0, 2, 1);
        NDArray map = columns.reshape(shape(input.getShape().get(0), grid))) {
      return new NDList(Layer.chain(decoder, store, map, training));
    }
  }

  private NDArray tokens(ParameterStore store, NDArray input, Extent grid, boolean training) {
    try (NDArray map = embedding.forward(store, input, training);
        NDArray flat = map.reshape(map.getShape().get(0), map.getShape().get(1), -1);
        NDArray rows = flat.transpose(0, 2, 1)) {
      NDArray known = store.getValue(positions, input.getDevice(), training);
      Extent planned = Primus.tokens(net.patch());
      if (grid.equals(planned)) {
        return rows.add(known);
      }
      // what starts on a parameter belongs to its manager: move it into the input's
      NDArray turned = known.transpose(0, 2, 1);
      turned.attach(input.getManager());
      long[] target = {grid.get(0), grid.get(1), grid.get(2)};
      try (NDArray columns = turned;
          NDArray block = columns.reshape(shape(1, planned));
          NDArray larger = LinearResize.toExtent(target).forward(store, block, training);
          NDArray line = larger.reshape(1, net.size().width(), -1);
          NDArray own = line.transpose(0, 2, 1)) {
        return rows.add(own);
      }
    }
  }

  private Shape shape(long samples, Extent grid) {
    return new Shape(samples, net.size().width(), grid.get(0), grid.get(1), grid.get(2));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    long[] shape = inputShapes[0].getShape().clone();
    shape[1] = outputs;
    return new Shape[] {new Shape(shape)};
  }
}
