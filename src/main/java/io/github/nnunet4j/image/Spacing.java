package io.github.nnunet4j.image;

import io.github.nnunet4j.internal.Checks;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Distance of neighbouring voxel centres in millimetres, (z, y, x) or (y, x); positive and finite.
 */
public final class Spacing {
  private final double[] axes;

  private Spacing(double[] axes) {
    this.axes = axes;
  }

  /**
   * A spacing.
   *
   * @param axes millimetres, slowest axis first; two or three of them
   * @return the spacing
   * @throws IllegalArgumentException unless all are positive and finite
   */
  public static Spacing millimetres(double... axes) {
    Checks.argument(
        axes.length == 2 || axes.length == 3, "a spacing has 2 or 3 axes, not %d", axes.length);
    for (double axis : axes) {
      Checks.positive(axis, "spacing");
    }
    return new Spacing(axes.clone());
  }

  /**
   * A spacing computed axis by axis.
   *
   * @param rank number of axes, 2 or 3
   * @param axis gives the millimetres of an axis
   * @return the spacing
   */
  public static Spacing millimetres(int rank, IntToDoubleFunction axis) {
    double[] axes = new double[rank];
    Arrays.setAll(axes, axis);
    return millimetres(axes);
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
   * The spacing of one axis.
   *
   * @param axis 0 is the slowest
   * @return millimetres
   */
  public double get(int axis) {
    return axes[axis];
  }

  /**
   * The spacings as a new array.
   *
   * @return slowest axis first, millimetres
   */
  public double[] toArray() {
    return axes.clone();
  }

  /**
   * Axes in another order.
   *
   * @param order for each axis of the result, the axis of this spacing it takes
   * @return the reordered spacing
   */
  public Spacing permuted(int... order) {
    return millimetres(order.length, i -> axes[order[i]]);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Spacing that && Arrays.equals(axes, that.axes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(axes);
  }

  @Override
  public String toString() {
    return Arrays.stream(axes).mapToObj(Double::toString).collect(Collectors.joining("x"));
  }
}
