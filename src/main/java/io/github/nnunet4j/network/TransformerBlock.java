package io.github.nnunet4j.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.ParameterStore;
import java.util.List;
import java.util.stream.Stream;

/**
 * A block of EVA-02 on arrays (batch, tokens, width): attention with turned queries and keys, then
 * a gated layer, each normalized before and within, scaled by learned factors and added.
 */
final class TransformerBlock {
  private static final float FIRST_SCALE = 0.1f;

  private final int heads;
  private final int width;
  private final Layer norm1;
  private final Layer query;
  private final Layer key;
  private final Layer value;
  private final List<Layer> afterAttention;
  private final List<Layer> second;

  TransformerBlock(Names names, Primus.Size size, int number, double dropPath) {
    heads = size.heads();
    width = size.width();
    int hidden = size.hidden();
    double depth = Math.sqrt(2.0 * (number + 1));
    Layer scale1 = TokenLayers.scale(names, "gamma_1", width, FIRST_SCALE);
    Layer scale2 = TokenLayers.scale(names, "gamma_2", width, FIRST_SCALE);
    norm1 = TokenLayers.norm(names.at("norm1"), width);
    Names attention = names.at("attn");
    query = TokenLayers.linear(attention.at("q_proj"), width, width, true, 1);
    key = TokenLayers.linear(attention.at("k_proj"), width, width, false, 1);
    value = TokenLayers.linear(attention.at("v_proj"), width, width, true, 1);
    Layer drop = DropLayer.ofSamples(dropPath);
    afterAttention =
        List.of(
            TokenLayers.norm(attention.at("norm"), width),
            TokenLayers.linear(attention.at("proj"), width, width, true, depth),
            scale1,
            drop);
    Layer norm2 = TokenLayers.norm(names.at("norm2"), width);
    Names gated = names.at("mlp");
    Layer gate = TokenLayers.linear(gated.at("fc1_g"), width, hidden, true, 1);
    Layer open = TokenLayers.linear(gated.at("fc1_x"), width, hidden, true, 1);
    second =
        List.of(
            norm2,
            (store, x, training) -> gated(gate, open, store, x, training),
            TokenLayers.norm(gated.at("norm"), hidden),
            TokenLayers.linear(gated.at("fc2"), hidden, width, true, depth),
            scale2,
            drop);
  }

  /** SwiGLU: silu(g) x. */
  private static NDArray gated(
      Layer gate, Layer open, ParameterStore store, NDArray x, boolean training) {
    try (NDArray g = gate.forward(store, x, training);
        NDArray sigmoid = Activation.sigmoid(g);
        NDArray silu = sigmoid.mul(g);
        NDArray through = open.forward(store, x, training)) {
      return silu.mul(through);
    }
  }

  NDArray forward(ParameterStore store, NDArray x, RotaryPositions positions, boolean training) {
    Layer attention = (s, y, train) -> attend(s, y, positions, train);
    List<Layer> first =
        Stream.concat(Stream.of(norm1, attention), afterAttention.stream()).toList();
    try (NDArray half = TokenLayers.around(first, store, x, training)) {
      return TokenLayers.around(second, store, half, training);
    }
  }

  private NDArray attend(
      ParameterStore store, NDArray x, RotaryPositions positions, boolean training) {
    float factor = (float) (1 / Math.sqrt(width / (double) heads));
    try (NDArray q = split(query, store, x, training);
        NDArray k = split(key, store, x, training);
        NDArray v = split(value, store, x, training);
        NDArray turnedQuery = positions.turn(q);
        NDArray turnedKey = positions.turn(k);
        NDArray scale = x.getManager().full(new Shape(), factor);
        NDArray scaled = turnedQuery.mul(scale);
        NDArray columns = turnedKey.transpose(0, 1, 3, 2);
        NDArray products = scaled.matMul(columns);
        NDArray shares = products.softmax(-1);
        NDArray sums = shares.matMul(v);
        NDArray joined = sums.transpose(0, 2, 1, 3)) {
      return joined.reshape(x.getShape());
    }
  }

  /** (batch, heads, tokens, width / heads). */
  private NDArray split(Layer layer, ParameterStore store, NDArray x, boolean training) {
    long samples = x.getShape().get(0);
    long tokens = x.getShape().get(1);
    try (NDArray all = layer.forward(store, x, training);
        NDArray parts = all.reshape(samples, tokens, heads, width / heads)) {
      return parts.transpose(0, 2, 1, 3);
    }
  }
}
