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
import java.util.Objects;

/**
 * The gradients of one step, without those of parameters that the loss does not depend on: they get
 * neither a step nor weight decay, as in torch, where their gradient is absent.
 *
 * <p>The engine does not tell them apart: an absent gradient reads as an array of zeros, one of an
 * earlier step stays as it was. Present gradients are therefore set to -0.0 before the step: adding
 * anything to it, +0.0 included, gives another bit pattern, so an array of nothing but -0.0 has not
 * been touched. An absent one is known by forgetting what is written to it.
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
      if (norms[at++] != 0
          || isReached(
              Objects.requireNonNull(parameters.get(entry.getKey())).getArray(),
              entry.getValue())) {
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

  /** Whether the loss has come to a gradient whose values are all 0. */
  private static boolean isReached(NDArray parameter, NDArray gradient) {
    for (float value : gradient.toFloatArray()) {
      if (Float.floatToRawIntBits(value) != MINUS_ZERO) {
        return isPresent(parameter, gradient);
      }
    }
    return false;
  }

  private static boolean isPresent(NDArray parameter, NDArray gradient) {
    gradient.set(ALL, 1);
    try (NDArray again = parameter.getGradient()) {
      return again.toFloatArray()[0] == 1;
    } finally {
      gradient.set(ALL, 0);
    }
  }
}
