package io.github.nnunet4j.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;

/** Group normalization: groups of channels share their statistics, each channel its scale. */
final class GroupNormBlock extends NormBlock {
  private final int groups;

  GroupNormBlock(int channels, int groups, float eps) {
    super(channels, eps, true);
    this.groups = groups;
  }

  @Override
  NDArray normalize(ParameterStore store, NDArray x, boolean training) {
    NDManager manager = x.getManager();
    long all = x.getShape().get(0) * groups;
    try (NDArray ones = manager.ones(new Shape(all));
        NDArray zeros = manager.zeros(new Shape(all));
        NDArray plain = standardize(x, all, ones, zeros, eps);
        NDArray gamma = repeated(store, scale, x, 1);
        NDArray beta = repeated(store, shift, x, 0)) {
      return stretch(plain, gamma, beta, y -> y);
    }
  }
}
