package io.github.nnunet4j.samples;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.ConstantInitializer;
import ai.djl.util.PairList;
import io.github.nnunet4j.network.Nonlinearity;
import io.github.nnunet4j.plan.StrategyCodec;
import java.util.Optional;

/**
 * A nonlinearity of one's own: StarReLU (Yu et al. 2022, "MetaFormer baselines for vision", arXiv
 * 2210.13452), s relu(x)^2 + b, which learns s and b.
 */
public record OwnNonlinearity() implements Nonlinearity {
  private static final float SCALE = 0.8944f;
  private static final float SHIFT = -0.4472f;

  /** Writes it into a plan and reads it again. */
  public static final StrategyCodec<Nonlinearity> CODEC =
      StrategyCodec.constant("star-relu/1", new OwnNonlinearity());

  @Override
  public NDArray apply(NDArray x) {
    // not mul(SCALE): the engine would look for a Java number that may be gone by then
    NDArray scale = x.getManager().full(new Shape(), SCALE, x.getDataType());
    return Activation.relu(x).square().mul(scale).add(SHIFT);
  }

  /** Every place of the network gets its own numbers, which begin as the function above. */
  @Override
  public Optional<Block> learned() {
    return Optional.of(new Star());
  }

  private static final class Star extends AbstractBlock {
    private final Parameter scale = number("scale", SCALE);
    private final Parameter shift = number("shift", SHIFT);

    private Parameter number(String name, float first) {
      Parameter parameter =
          Parameter.builder()
              .setName(name)
              .setType(Parameter.Type.WEIGHT)
              .optShape(new Shape(1))
              .build();
      parameter.setInitializer(new ConstantInitializer(first));
      return addParameter(parameter);
    }

    @Override
    protected NDList forwardInternal(
        ParameterStore store, NDList inputs, boolean training, PairList<String, Object> arguments) {
      NDArray x = inputs.singletonOrThrow();
      // an operation belongs to the manager of the array it is called on: x first, numbers second
      NDArray stretched =
          Activation.relu(x).square().mul(store.getValue(scale, x.getDevice(), training));
      return new NDList(stretched.add(store.getValue(shift, x.getDevice(), training)));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
      return inputShapes;
    }
  }
}
