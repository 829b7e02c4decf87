package io.github.nnunet4j.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import org.jspecify.annotations.Nullable;

/**
 * Which voxels belong to the channels that count. A target of labels selects them by a boolean
 * array, the only thing that the backward pass then keeps: a quarter of what a product with the
 * one-hot channels keeps, and no product of the types in between. Shares and regions multiply.
 */
final class Members implements AutoCloseable {
  private final Target target;
  private final int[] axes;
  private final NDArray inside;
  private final boolean selecting;
  private @Nullable NDArray outside;

  /**
   * The members of the channels that count.
   *
   * @param target whose arrays stay open
   * @param mean which channels count and what the sums run over
   */
  Members(Target target, ClassMean mean) {
    this.target = target;
    inside = mean.channels(target.members().orElseGet(target::oneHot), target);
    selecting = inside.getDataType() == DataType.BOOLEAN;
    axes = mean.axes(inside);
  }

  /** What the sums run over. */
  int[] axes() {
    return axes;
  }

  /** Values (batch, channels, [z,] y, x) times the membership. */
  NDArray inside(NDArray values) {
    return chosen(values, inside);
  }

  /** Values (batch, channels, [z,] y, x) times one minus the membership. */
  NDArray outside(NDArray values) {
    return chosen(values, outside());
  }

  private NDArray chosen(NDArray values, NDArray members) {
    if (!selecting) {
      return values.mul(members);
    }
    try (NDArray zero = Scalars.of(values, 0)) {
      return values.getNDArrayInternal().where(members, zero);
    }
  }

  private NDArray outside() {
    if (outside == null) {
      outside = selecting ? inside.logicalNot() : oneMinus(inside);
    }
    return outside;
  }

  private static NDArray oneMinus(NDArray array) {
    try (NDArray less = array.sub(1)) {
      return less.neg();
    }
  }

  /** The memberships of the voxels that count, or their squares, added up. */
  NDArray size(boolean squares) {
    return size(inside, squares);
  }

  /** One minus the memberships of the voxels that count, added up. */
  NDArray sizeOutside() {
    return size(outside(), false);
  }

  private NDArray size(NDArray members, boolean squares) {
    if (!selecting) {
      return sum(members, squares);
    }
    try (NDArray numbers = members.toType(DataType.FLOAT32, false)) {
      return sum(numbers, false); // 0 and 1 are their own squares
    }
  }

  private NDArray sum(NDArray numbers, boolean squares) {
    try (NDArray counted = CountedVoxels.of(numbers, target)) {
      return Overlap.sum(counted, axes, squares);
    }
  }

  @Override
  public void close() {
    inside.close();
    if (outside != null) {
      outside.close();
    }
  }
}
