package io.github.nnunet4j.network;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** What turns voxels into tokens: one convolution, or residual blocks that halve three times. */
final class TokenEmbedding implements Layer {
  private static final List<Integer> ONE = List.of(1, 1, 1);
  private static final List<Integer> TWO = List.of(2, 2, 2);
  private static final List<Integer> THREE = List.of(3, 3, 3);
  private static final float FIRST_SHARE = 1e-5f;

  private final List<Layer> levels = new ArrayList<>();
  private final List<Layer> skips = new ArrayList<>();

  TokenEmbedding(Names names, Primus.Embedding kind, int inputs, int width) {
    switch (kind) {
      case PATCHES ->
          levels.add(
              ConvolutionLayer.patches(
                  names.at("proj"), inputs, width, Collections.nCopies(3, Primus.TOKEN)));
      case RESIDUAL -> {
        residual(names, Nonlinearities.relu(), inputs, List.of(32, 32, 64, 128));
        levels.add(new ConvolutionLayer(names.at("final_proj"), 128, width, ONE, ONE, true));
      }
      case RESIDUAL_SKIPS -> {
        List<Integer> features = List.of(32, 64, 256, 1024);
        residual(names, Nonlinearities.leakyRelu(), inputs, features);
        levels.add(new ConvolutionLayer(names.at("final_proj"), 1024, width, ONE, ONE, true));
        skips(names, features, width);
      }
    }
  }

  private void residual(
      Names names, Nonlinearity nonlinearity, int inputs, List<Integer> features) {
    UNetStyle style = UNetStyle.standard().withNonlinearity(nonlinearity);
    Names stem = names.at("stem").at("blocks").at("0");
    levels.add(block(stem, style, new ConvolutionLayer.Spec(inputs, features.get(0), THREE, ONE)));
    for (int i = 1; i < features.size(); i++) {
      Names stage = names.at("stages").at(Integer.toString(i - 1)).at("blocks").at("0");
      ConvolutionLayer.Spec spec =
          new ConvolutionLayer.Spec(features.get(i - 1), features.get(i), THREE, TWO);
      levels.add(block(stage, style.withConvolutionBias(false), spec));
    }
  }

  private static Layer block(Names names, UNetStyle style, ConvolutionLayer.Spec spec) {
    ResidualBlocks blocks = ResidualBlocks.basic().withZeroLastNorm(false);
    LayerStyle layers = new LayerStyle(style, Optional.empty());
    return new ResidualBlock(names, new BlockPlaces() {}, layers, spec, blocks, 0);
  }

  /** Tokens of all levels but the last, each with a learned share of the sum. */
  private void skips(Names names, List<Integer> features, int width) {
    List<Layer> projections = new ArrayList<>();
    for (int i = 0; i < features.size() - 1; i++) {
      projections.add(
          ConvolutionLayer.patches(
              names.at("proj_to_tokens").at(Integer.toString(i)),
              features.get(i),
              width,
              Collections.nCopies(3, Primus.TOKEN >> i)));
    }
    for (int i = 0; i < projections.size(); i++) {
      Layer projection = projections.get(i);
      Parameter share =
          names
              .at("scale_proj_to_tokens")
              .parameter(Integer.toString(i), TokenLayers.constant(FIRST_SHARE));
      skips.add(
          (store, x, training) -> {
            try (NDArray tokens = projection.forward(store, x, training)) {
              return tokens.mul(store.getValue(share, x.getDevice(), training));
            }
          });
    }
  }

  @Override
  public NDArray forward(ParameterStore store, NDArray input, boolean training) {
    NDArray x = input;
    List<NDArray> shares = new ArrayList<>();
    for (int i = 0; i < levels.size(); i++) {
      NDArray y = levels.get(i).forward(store, x, training);
      Layer.closeUnless(x, input, y);
      x = y;
      if (i < skips.size()) {
        shares.add(skips.get(i).forward(store, x, training));
      }
    }
    for (NDArray share : shares) {
      NDArray sum = x.add(share);
      x.close();
      share.close();
      x = sum;
    }
    return x;
  }
}
