package io.github.nnunet4j.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * Numbers as arrays of the engine's own memory. DJL's {@code mul}, {@code div}, {@code pow} and
 * {@code maximum} with a number, and {@code create} from Java values, hand the engine a view of
 * Java memory that is let go before the backward pass, which needs it still: a garbage collection
 * in between changes the gradient.
 */
final class Scalars {
  private Scalars() {}

  /** A scalar of the type of an array, in its manager. */
  static NDArray of(NDArray like, double value) {
    return like.getManager().full(new Shape(), (float) value, like.getDataType());
  }

  /** The product with a number. */
  static NDArray times(NDArray array, double factor) {
    try (NDArray number = of(array, factor)) {
      return array.mul(number);
    }
  }

  /** The larger of each element and a number. */
  static NDArray atLeast(NDArray array, double least) {
    try (NDArray number = of(array, least)) {
      return array.maximum(number);
    }
  }

  /** Each element to the power of a number. */
  static NDArray power(NDArray array, double exponent) {
    try (NDArray number = of(array, exponent)) {
      return array.pow(number);
    }
  }
}
