package io.github.nnunet4j.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.error.StrategyException;
import org.jspecify.annotations.Nullable;

/** Batch normalization with running statistics under torch's names. */
final class BatchNormBlock extends NormBlock {
  private final Parameter runningMean;
  private final Parameter runningVariance;
  private final float momentum;

  BatchNormBlock(int channels, float eps, boolean affine, float momentum) {
    super(channels, eps, affine);
    this.momentum = momentum;
    Shape shape = new Shape(channels);
    runningMean = constant("running_mean", Parameter.Type.RUNNING_MEAN, 0, shape);
    runningVariance = constant("running_var", Parameter.Type.RUNNING_VAR, 1, shape);
  }

  @Override
  NDArray normalize(ParameterStore store, NDArray x, boolean training) {
    if (training && x.getShape().get(0) == 1) {
      throw new StrategyException(
          new Problem(
              "batch normalization",
              "a batch of at least 2 samples while training",
              "shape " + x.getShape(),
              "Raise the batch size, or take instance or group normalization."));
    }
    NDArray mean = store.getValue(runningMean, x.getDevice(), false);
    NDArray variance = store.getValue(runningVariance, x.getDevice(), false);
    NDArray gamma = value(store, scale, x, 1);
    NDArray beta = value(store, shift, x, 0);
    // DJL counts momentum as the weight of the old statistics.
    return x.getNDArrayInternal()
        .batchNorm(x, mean, variance, gamma, beta, 1, 1 - momentum, eps, training)
        .singletonOrThrow();
  }

  private NDArray value(
      ParameterStore store, @Nullable Parameter parameter, NDArray x, float constant) {
    return parameter == null
        ? x.getManager().full(new Shape(channels), constant)
        : store.getValue(parameter, x.getDevice(), false);
  }
}
