package io.github.nnunet4j.network;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A 3D convolution of a small map, for prediction. On the CPU PyTorch unfolds a map whose first
 * four axes have at most 20480 elements, as the input and the maps of deep stages do; oneDNN, which
 * it takes for the larger ones, needs a third to nine tenths of that time. This operation has no
 * gradient.
 */
final class SmallConvolution {
  private static final Logger LOG = LoggerFactory.getLogger(SmallConvolution.class);
  private static final long UNFOLDED = 20_480;

  private final List<Integer> kernel;
  private final boolean hasBias;
  private final boolean suited;
  private final TorchScript operation;
  private boolean works;

  SmallConvolution(List<Integer> kernel, List<Integer> stride, Shape padding, boolean hasBias) {
    this.kernel = kernel;
    this.hasBias = hasBias;
    List<Integer> ones = Collections.nCopies(3, 1);
    suited = stride.equals(ones) && Collections.max(kernel) <= 3; // others are never unfolded
    operation =
        new TorchScript(
            hasBias ? List.of("x", "weight", "bias") : List.of("x", "weight"),
            "torch.mkldnn_convolution(x, weight, %s, %s, %s, %s, 1)"
                .formatted(
                    hasBias ? "bias" : "None", Arrays.toString(padding.getShape()), ones, ones));
  }

  /** Makes it ready where the engine has oneDNN; the manager will own it. */
  void load(NDManager manager) {
    if (suited && !manager.getDevice().isGpu()) {
      operation.load(manager);
      works = operation.isReady() && isKnown(manager);
    }
  }

  private boolean isKnown(NDManager manager) {
    try (NDManager scratch = manager.newSubManager()) {
      Shape weight = new Shape(1, 1, kernel.get(0), kernel.get(1), kernel.get(2));
      apply(
          new ParameterStore(scratch, false),
          scratch.zeros(new Shape(1, 1, 3, 3, 3)),
          scratch.zeros(weight),
          hasBias ? scratch.zeros(new Shape(1)) : null);
      return true;
    } catch (EngineException e) {
      LOG.info("convolutions of small maps take more time here: {}", e.toString());
      return false;
    }
  }

  /** Whether it is ready and the engine's own convolution would unfold the map. */
  boolean isFor(NDArray x) {
    Shape shape = x.getShape();
    return works && shape.get(0) < 16 && shape.slice(0, 4).size() <= UNFOLDED;
  }

  NDArray apply(ParameterStore store, NDArray x, NDArray weight, @Nullable NDArray bias) {
    return bias == null
        ? operation.apply(store, x, weight)
        : operation.apply(store, x, weight, bias);
  }
}
