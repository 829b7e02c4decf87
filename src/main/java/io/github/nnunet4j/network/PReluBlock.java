package io.github.nnunet4j.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.ConstantInitializer;
import ai.djl.util.PairList;
import org.jspecify.annotations.Nullable;

/** A leaky ReLU that learns its slope, one for all channels. */
final class PReluBlock extends AbstractBlock {
  private final Parameter slope;

  PReluBlock(float start) {
    slope =
        addParameter(
            Parameter.builder()
                .setName("weight")
                .setType(Parameter.Type.WEIGHT)
                .optShape(new Shape(1))
                .build());
    slope.setInitializer(new ConstantInitializer(start));
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> arguments) {
    NDArray x = inputs.singletonOrThrow();
    NDArray factor = store.getValue(slope, x.getDevice(), training);
    try (NDArray above = Activation.relu(x);
        NDArray turned = x.neg();
        NDArray below = Activation.relu(turned);
        NDArray scaled = below.mul(factor)) {
      return new NDList(above.sub(scaled));
    }
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return inputShapes;
  }
}
