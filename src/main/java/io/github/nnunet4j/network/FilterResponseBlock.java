package io.github.nnunet4j.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;

/**
 * Filter response normalization with its thresholded linear unit: max(w x / rms(x) + b, tau). The
 * parameters have the shape (1, channels, 1, 1, 1) of nnU-Net v1's {@code FRN3D}, in 2D as well.
 */
final class FilterResponseBlock extends NormBlock {
  private final Parameter threshold;

  FilterResponseBlock(int channels, float eps) {
    super(channels, eps, true, shape(channels));
    threshold = constant("tau", Parameter.Type.BETA, 0, shape(channels));
  }

  private static Shape shape(int channels) {
    return new Shape(1, channels, 1, 1, 1);
  }

  @Override
  NDArray normalize(ParameterStore store, NDArray x, boolean training) {
    long rows = x.getShape().get(0) * channels;
    long positions = x.getShape().slice(2).size();
    try (NDArray power = power(x, rows, positions);
        NDArray count = x.getManager().full(new Shape(), (float) positions);
        NDArray mean = power.div(count);
        NDArray safe = mean.add(eps);
        NDArray root = safe.sqrt();
        NDArray gamma = repeated(store, scale, x, 1);
        NDArray factor = gamma.div(root);
        NDArray beta = repeated(store, shift, x, 0);
        NDArray tau = repeated(store, threshold, x, 0);
        NDArray above = beta.sub(tau);
        NDArray linear = stretch(x, factor, above, y -> y);
        NDArray positive = Activation.relu(linear);
        NDArray wide = tau.reshape(x.getShape().get(0), channels, 1, 1)) {
      return lifted(positive, wide);
    }
  }

  /**
   * The sum of squares of each row. Its derivative, twice the row, is made in one pass over the
   * values: the product takes a row that wants no gradient, and the result counts twice but for its
   * value.
   */
  private static NDArray power(NDArray x, long rows, long positions) {
    try (NDArray row = x.reshape(rows, 1, positions);
        NDArray still = x.stopGradient();
        NDArray column = still.reshape(rows, positions, 1);
        NDArray product = row.matMul(column);
        NDArray once = product.reshape(rows);
        NDArray twice = once.add(once);
        NDArray value = once.stopGradient()) {
      return twice.sub(value);
    }
  }

  private static NDArray lifted(NDArray x, NDArray tau) {
    if (x.getShape().dimension() == 4) {
      return x.add(tau);
    }
    try (NDArray wide = tau.expandDims(4)) {
      return x.add(wide);
    }
  }
}
