package io.github.nnunet4j.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.util.List;

/**
 * Group normalization: groups of channels share their statistics, each channel its scale. The
 * engine has it in one piece, which trains faster; DJL's operations give the same values.
 */
final class GroupNormBlock extends NormBlock {
  private final int groups;
  private final TorchScript whole;

  GroupNormBlock(int channels, int groups, float eps) {
    super(channels, eps, true);
    this.groups = groups;
    whole =
        new TorchScript(
            List.of("x", "weight", "bias"),
            "torch.group_norm(x, " + groups + ", weight, bias, " + (double) eps + ", False)");
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
    whole.load(manager);
  }

  @Override
  NDArray normalize(ParameterStore store, NDArray x, boolean training) {
    return training && whole.isReady()
        ? whole.apply(store, x, own(store, scale, x), own(store, shift, x))
        : composed(store, x);
  }

  /** By operations of DJL. */
  NDArray composed(ParameterStore store, NDArray x) {
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
