package io.github.nnunet4j.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.ConstantInitializer;
import ai.djl.util.PairList;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What the built-in normalizations share: optional scale and shift, one array in, one out. */
abstract class NormBlock extends AbstractBlock {
  final int channels;
  final float eps;
  final @Nullable Parameter scale;
  final @Nullable Parameter shift;

  NormBlock(int channels, float eps, boolean affine) {
    this(channels, eps, affine, new Shape(channels));
  }

  NormBlock(int channels, float eps, boolean affine, Shape shape) {
    this.channels = channels;
    this.eps = eps;
    scale = affine ? constant("weight", Parameter.Type.GAMMA, 1, shape) : null;
    shift = affine ? constant("bias", Parameter.Type.BETA, 0, shape) : null;
  }

  final Parameter constant(String name, Parameter.Type type, float value, Shape shape) {
    Parameter parameter =
        Parameter.builder()
            .setName(name)
            .setType(type)
            .optShape(shape)
            .optRequiresGrad(type == Parameter.Type.GAMMA || type == Parameter.Type.BETA)
            .build();
    parameter.setInitializer(new ConstantInitializer(value));
    return addParameter(parameter);
  }

  abstract NDArray normalize(ParameterStore store, NDArray x, boolean training);

  @Override
  protected NDList forwardInternal(
      ParameterStore store,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> arguments) {
    return new NDList(normalize(store, inputs.singletonOrThrow(), training));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return inputShapes;
  }

  /** The numbers of a parameter, one per channel, or a constant; belongs to the manager of x. */
  final NDArray repeated(
      ParameterStore store, @Nullable Parameter parameter, NDArray x, float constant) {
    NDManager manager = x.getManager();
    long samples = x.getShape().get(0);
    if (parameter == null) {
      return manager.full(new Shape(samples * channels), constant);
    }
    NDArray values = store.getValue(parameter, x.getDevice(), false);
    try (NDArray flat = values.reshape(channels)) {
      NDArray out = flat.tile(samples);
      out.attach(manager);
      return out;
    }
  }

  /** The numbers of a parameter that is there, as they are. */
  static NDArray own(ParameterStore store, @Nullable Parameter parameter, NDArray x) {
    return store.getValue(Objects.requireNonNull(parameter), x.getDevice(), false);
  }

  /**
   * Normalizes each of the leading groups on its own statistics: batch normalization of one sample
   * whose channels are the groups, which is how torch computes it too.
   */
  static NDArray standardize(NDArray x, long groups, NDArray scale, NDArray shift, float eps) {
    return standardize(x, groups, scale, shift, eps, y -> y);
  }

  /** The same, followed by an operation that may overwrite the values. */
  static NDArray standardize(
      NDArray x,
      long groups,
      NDArray scale,
      NDArray shift,
      float eps,
      UnaryOperator<NDArray> after) {
    return grouped(x, groups, scale, shift, eps, true, after);
  }

  /**
   * Multiplies and adds a number each to all values of a channel of a sample, in one pass over the
   * values: what batch normalization does for given statistics.
   *
   * @param scale one per sample and channel
   * @param shift one per sample and channel
   * @param after an operation that may overwrite the values
   */
  static NDArray stretch(NDArray x, NDArray scale, NDArray shift, UnaryOperator<NDArray> after) {
    return grouped(x, scale.size(), scale, shift, 0, false, after);
  }

  private static NDArray grouped(
      NDArray x,
      long groups,
      NDArray scale,
      NDArray shift,
      float eps,
      boolean statistics,
      UnaryOperator<NDArray> after) {
    NDManager manager = x.getManager();
    Shape shape = x.getShape();
    long[] flat = shape.getShape();
    long[] grouped = new long[flat.length];
    grouped[0] = 1;
    grouped[1] = groups;
    grouped[2] = flat[0] * flat[1] / groups * flat[2];
    System.arraycopy(flat, 3, grouped, 3, flat.length - 3);
    try (NDArray mean = manager.zeros(new Shape(groups));
        NDArray variance = manager.ones(new Shape(groups));
        NDArray view = x.reshape(new Shape(grouped))) {
      NDArray y =
          view.getNDArrayInternal()
              .batchNorm(view, mean, variance, scale, shift, 1, 0.9f, eps, statistics)
              .singletonOrThrow();
      // before the values get their shape back: overwriting a view would copy its gradient
      NDArray z = after.apply(y);
      NDArray out = z.reshape(shape);
      Layer.closeUnless(z, y, out);
      y.close();
      return out;
    }
  }
}
