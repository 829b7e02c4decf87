package io.github.nnunet4j.samples;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.ConstantInitializer;
import ai.djl.util.PairList;
import io.github.nnunet4j.network.Normalization;

/**
 * A normalization of one's own: each channel is divided by its root mean square and scaled by a
 * learned factor.
 */
public record OwnNormalization(double eps) implements Normalization {
  @Override
  public Block build(int channels) {
    return new RootMeanSquare(channels, (float) eps);
  }

  private static final class RootMeanSquare extends AbstractBlock {
    private final Parameter scale;
    private final float eps;
    private final int channels;

    RootMeanSquare(int channels, float eps) {
      this.channels = channels;
      this.eps = eps;
      scale =
          addParameter(
              Parameter.builder()
                  .setName("weight")
                  .setType(Parameter.Type.GAMMA)
                  .optShape(new Shape(channels))
                  .build());
      scale.setInitializer(new ConstantInitializer(1));
    }

    @Override
    protected NDList forwardInternal(
        ParameterStore store, NDList inputs, boolean training, PairList<String, Object> arguments) {
      NDArray x = inputs.singletonOrThrow();
      Shape shape = x.getShape();
      long positions = shape.slice(2).size();
      NDArray flat = x.reshape(shape.get(0), channels, positions);
      // not div(positions): the engine would look for a Java number that may be gone by then
      NDArray count = x.getManager().full(new Shape(), (float) positions, x.getDataType());
      NDArray power = flat.square().sum(new int[] {2}, true).div(count).add(eps);
      // what starts on a parameter belongs to the parameter's manager: hand it to the input's
      NDArray factor = store.getValue(scale, x.getDevice(), training).reshape(1, channels, 1);
      factor.attach(x.getManager());
      return new NDList(flat.div(power.sqrt()).mul(factor).reshape(shape));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
      return inputShapes;
    }
  }
}
