package io.github.nnunet4j.network;

import ai.djl.ndarray.NDArray;
import ai.djl.training.ParameterStore;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.error.StrategyException;
import java.util.function.UnaryOperator;

/** Instance normalization; the statistics are those of the sample in training and in use. */
final class InstanceNormBlock extends NormBlock {
  InstanceNormBlock(int channels, float eps, boolean affine) {
    super(channels, eps, affine);
  }

  @Override
  NDArray normalize(ParameterStore store, NDArray x, boolean training) {
    return normalize(store, x, y -> y);
  }

  /** Followed by an operation that may overwrite the values. */
  NDArray normalize(ParameterStore store, NDArray x, UnaryOperator<NDArray> after) {
    if (x.getShape().slice(2).size() == 1) {
      throw new StrategyException(
          new Problem(
              "instance normalization",
              "more than one voxel per channel",
              "shape " + x.getShape(),
              "Take a larger patch, a network that pools less, or batch normalization."));
    }
    long groups = x.getShape().get(0) * channels;
    try (NDArray gamma = repeated(store, scale, x, 1);
        NDArray beta = repeated(store, shift, x, 0)) {
      return standardize(x, groups, gamma, beta, eps, after);
    }
  }
}
