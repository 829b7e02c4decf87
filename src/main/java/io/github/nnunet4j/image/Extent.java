package io.github.nnunet4j.image;

import io.github.nnunet4j.internal.Checks;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;

/** Voxel counts per axis, (z, y, x) or (y, x). Each is zero or positive. */
public final class Extent {
  private final int[] axes;

  private Extent(int[] axes) {
    this.axes = axes;
  }

  /**
   * An extent.
   *
   * @param axes voxel counts, slowest axis first; two or three of them
   * @return the extent
   * @throws IllegalArgumentException on another number of axes or a negative count
   */
  public static Extent of(int... axes) {
    Checks.argument(
        axes.length == 2 || axes.length == 3, "an extent has 2 or 3 axes, not %d", axes.length);
    for (int axis : axes) {
      Checks.notNegative(axis, "extent");
    }
    return new Extent(axes.clone());
  }

  /**
   * An extent computed axis by axis.
   *
   * @param rank number of axes, 2 or 3
   * @param axis gives the count of an axis
   * @return the extent
   */
  public static Extent of(int rank, IntUnaryOperator axis) {
    int[] axes = new int[rank];
    Arrays.setAll(axes, axis);
    return of(axes);
  }

  /**
   * The number of axes.
   *
   * @return 2 or 3
   */
  public int rank() {
    return axes.length;
  }

  /**
   * The count of one axis.
   *
   * @param axis 0 is the slowest
   * @return voxels along it
   */
  public int get(int axis) {
    return axes[axis];
  }

  /**
   * The product of all counts.
   *
   * @return the number of voxels
   */
  public long voxels() {
    long product = 1;
    for (int axis : axes) {
      product = Math.multiplyExact(product, axis);
    }
    return product;
  }

  /**
   * Where in these axes a voxel lies, for messages.
   *
   * @param index of the voxel in row-major order
   * @return its coordinates, such as {@code (z, y, x) = (3, 0, 12)}
   */
  public String place(int index) {
    String[] at = new String[axes.length];
    int rest = index;
    for (int axis = axes.length - 1; axis >= 0; axis--) {
      at[axis] = Integer.toString(rest % axes[axis]);
      rest /= axes[axis];
    }
    return (axes.length == 3 ? "(z, y, x)" : "(y, x)") + " = (" + String.join(", ", at) + ")";
  }

  /**
   * The counts as a new array.
   *
   * @return slowest axis first
   */
  public int[] toArray() {
    return axes.clone();
  }

  /**
   * Axes in another order.
   *
   * @param order for each axis of the result, the axis of this extent it takes
   * @return the reordered extent
   */
  public Extent permuted(int... order) {
    return of(order.length, i -> axes[order[i]]);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Extent that && Arrays.equals(axes, that.axes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(axes);
  }

  @Override
  public String toString() {
    return Arrays.stream(axes).mapToObj(Integer::toString).collect(Collectors.joining("x"));
  }
}
