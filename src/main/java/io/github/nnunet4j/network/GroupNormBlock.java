package io.github.nnunet4j.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
        NDArray gamma = perChannel(store, scale, x);
        NDArray beta = perChannel(store, shift, x);
        NDArray scaled = plain.mul(gamma)) {
      return scaled.add(beta);
    }
  }

  private NDArray perChannel(ParameterStore store, @Nullable Parameter parameter, NDArray x) {
    long[] shape = new long[x.getShape().dimension()];
    Arrays.fill(shape, 1);
    shape[1] = channels;
    NDArray out =
        store
            .getValue(Objects.requireNonNull(parameter), x.getDevice(), false)
            .reshape(new Shape(shape));
    out.attach(x.getManager());
    return out;
  }
}
