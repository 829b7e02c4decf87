package io.github.nnunet4j.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import io.github.nnunet4j.internal.Checks;
import java.util.List;

/**
 * Leaky ReLU that overwrites its argument, for training: the gradient then needs the result alone,
 * so that two arrays per convolution are kept until the backward pass in place of three. Values and
 * gradients are bit for bit those of {@link Nonlinearities.LeakyRelu}, which is used where the
 * operation is not ready, and for negative slopes: there the result does not tell the sign of the
 * argument.
 */
final class InPlaceLeakyRelu {
  private final TorchScript operation;

  InPlaceLeakyRelu(double slope) {
    Checks.argument(slope >= 0, "the slope must not be negative, was %s", slope);
    operation = new TorchScript(List.of("x"), "torch.leaky_relu_(x, " + slope + ")");
  }

  /** Makes it ready; the manager will own it. */
  void load(NDManager manager) {
    operation.load(manager);
  }

  boolean isReady() {
    return operation.isReady();
  }

  /** The argument, overwritten, under another handle; both are to be closed. */
  NDArray apply(ParameterStore store, NDArray x) {
    return operation.apply(store, x);
  }
}
