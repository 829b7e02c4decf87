package io.github.nnunet4j.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.List;

/** Clipping by the global 2-norm, as {@code torch.nn.utils.clip_grad_norm_} does it. */
final class GradientClipping {
  private GradientClipping() {}

  /**
   * Scales all gradients in place by {@code min(1, limit / (norm + 1e-6))}.
   *
   * @return the norm before clipping; NaN or infinite if a gradient is, then nothing was scaled
   */
  static double clip(List<NDArray> gradients, double limit) {
    double norm = norm(gradients);
    double factor = limit / (norm + 1e-6);
    if (factor < 1 && norm < Double.POSITIVE_INFINITY) {
      gradients.forEach(gradient -> gradient.muli(factor));
    }
    return norm;
  }

  private static double norm(List<NDArray> gradients) {
    if (gradients.isEmpty()) {
      return 0;
    }
    try (NDList norms = new NDList(gradients.stream().map(NDArray::norm).toList());
        NDArray stacked = NDArrays.stack(norms);
        NDArray norm = stacked.norm()) {
      return norm.toArray()[0].doubleValue();
    }
  }
}
