package io.github.nnunet4j.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.nn.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The gradients of one step. The engine does not say which parameters the loss depends on: it
 * leaves the gradient of an unused one as it was. Gradients are therefore set to -0.0 before the
 * step: adding anything to it, +0.0 included, gives another bit pattern, so an array of nothing but
 * -0.0 has not been touched. Such a parameter gets neither a step nor weight decay, as in torch,
 * whose gradient is then absent.
 */
final class Gradients {
  private static final NDIndex ALL = new NDIndex("...");
  private static final int MINUS_ZERO = Float.floatToRawIntBits(-0.0f);

  private Gradients() {}

  /** Forgets the gradients of the step before. */
  static void reset(Map<String, Parameter> parameters) {
    for (Parameter parameter : parameters.values()) {
      if (parameter.requiresGradient()) {
        try (NDArray gradient = parameter.getArray().getGradient()) {
          gradient.set(ALL, -0.0f);
        }
      }
    }
  }

  /** The gradients that the loss has reached, by parameter; to be closed. */
  static Map<String, NDArray> collect(Map<String, Parameter> parameters) {
    Map<String, NDArray> all = new LinkedHashMap<>();
    parameters.forEach(
        (name, parameter) -> {
          if (parameter.requiresGradient()) {
            all.put(name, parameter.getArray().getGradient());
          }
        });
    float[] norms = norms(all.values());
    Map<String, NDArray> reached = new LinkedHashMap<>();
    int at = 0;
    for (Map.Entry<String, NDArray> entry : all.entrySet()) {
      if (norms[at++] != 0 || !isUntouched(entry.getValue())) {
        reached.put(entry.getKey(), entry.getValue());
      } else {
        entry.getValue().close();
      }
    }
    return reached;
  }

  private static float[] norms(Iterable<NDArray> gradients) {
    List<NDArray> norms = new ArrayList<>();
    gradients.forEach(gradient -> norms.add(gradient.norm()));
    if (norms.isEmpty()) {
      return new float[0];
    }
    try (NDList list = new NDList(norms);
        NDArray stacked = NDArrays.stack(list)) {
      return stacked.toFloatArray();
    }
  }

  private static boolean isUntouched(NDArray gradient) {
    for (float value : gradient.toFloatArray()) {
      if (Float.floatToRawIntBits(value) != MINUS_ZERO) {
        return false;
      }
    }
    return true;
  }
}
