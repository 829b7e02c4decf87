package io.github.nnunet4j.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Classes by number; the one-hot channels are made when first asked for. */
final class LabelTarget implements Target {
  private final NDArray labels;
  private final Optional<NDArray> mask;
  private final int classes;
  private @Nullable NDArray oneHot;
  private @Nullable NDArray members;

  LabelTarget(NDArray labels, Optional<NDArray> mask, int classes) {
    this.labels = labels;
    this.mask = mask;
    this.classes = classes;
  }

  @Override
  public NDArray labels() {
    return labels;
  }

  @Override
  public NDArray oneHot() {
    if (oneHot == null && members != null) {
      oneHot = members.toType(DataType.FLOAT32, false);
    }
    if (oneHot == null) {
      try (NDArray booleans = booleans()) { // not kept unless asked for
        oneHot = booleans.toType(DataType.FLOAT32, false);
      }
    }
    return oneHot;
  }

  @Override
  public boolean exclusive() {
    return true;
  }

  @Override
  public Optional<NDArray> members() {
    if (members == null) {
      members = booleans();
    }
    return Optional.of(members);
  }

  private NDArray booleans() {
    long[] shape = new long[labels.getShape().dimension()];
    Arrays.fill(shape, 1);
    shape[1] = classes;
    try (NDArray numbers = labels.getManager().arange(0, classes, 1, DataType.INT64);
        NDArray column = numbers.reshape(new Shape(shape))) {
      return labels.eq(column);
    }
  }

  @Override
  public Optional<NDArray> mask() {
    return mask;
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public boolean regions() {
    return false;
  }
}
