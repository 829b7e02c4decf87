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
import io.github.nnunet4j.plan.Fields;
import io.github.nnunet4j.plan.StrategyCodec;
import java.util.Optional;

/**
 * A normalization of one's own: root mean square normalization (Zhang and Sennrich 2019, arXiv
 * 1910.07467), here per channel and sample as instance normalization is: no mean is subtracted,
 * each channel is scaled by a learned factor.
 *
 * @param eps added to the mean square, above 0
 */
public record OwnNormalization(double eps) implements Normalization {
  /** Writes it into a plan with its number and reads it again. */
  public static final StrategyCodec<Normalization> CODEC =
      new StrategyCodec<>() {
        @Override
        public Optional<Fields> encode(Normalization strategy) {
          return strategy instanceof OwnNormalization own
              ? Optional.of(Fields.of("root-mean-square/1").with("eps", own.eps()))
              : Optional.empty();
        }

        @Override
        public Optional<Normalization> decode(Fields fields) {
          return fields.word().equals("root-mean-square/1")
              ? Optional.of(new OwnNormalization(fields.number("eps")))
              : Optional.empty();
        }
      };

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
