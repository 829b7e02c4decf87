package io.github.nnunet4j.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.util.stream.IntStream;

/** Layer normalization: the channels of each voxel share their statistics. */
final class LayerNormBlock extends NormBlock {
  LayerNormBlock(int channels, float eps) {
    super(channels, eps, true);
  }

  @Override
  NDArray normalize(ParameterStore store, NDArray x, boolean training) {
    int last = x.getShape().dimension() - 1;
    int[] behind =
        IntStream.rangeClosed(0, last).map(a -> a == 0 ? 0 : a == last ? 1 : a + 1).toArray();
    int[] back =
        IntStream.rangeClosed(0, last).map(a -> a == 0 ? 0 : a == 1 ? last : a - 1).toArray();
    try (NDArray turned = x.transpose(behind);
        NDArray y =
            turned
                .getNDArrayInternal()
                .layerNorm(
                    turned, new Shape(channels), own(store, scale, x), own(store, shift, x), eps)
                .singletonOrThrow()) {
      return y.transpose(back);
    }
  }
}
