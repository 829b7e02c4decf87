package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.image.Spacing;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Whether the axis of thick slices is resampled by itself, after the others (nnU-Net v2 {@code
 * force_separate_z}). Interpolating a smooth curve across slices that lie far apart makes up data.
 */
public enum SeparateZ {
  /** If the largest spacing is more than three times the smallest ({@code null}). */
  AUTO,
  /** Always, where one axis has the largest spacing ({@code true}). */
  ALWAYS,
  /** Never ({@code false}). */
  NEVER;

  /** Above this ratio of largest to smallest spacing a grid counts as anisotropic. */
  public static final double ANISOTROPY_THRESHOLD = 3;

  /**
   * The choice that nnU-Net's files write as a truth value or null.
   *
   * @param force true, false or null
   * @return the choice
   */
  public static SeparateZ ofForce(@Nullable Boolean force) {
    return force == null ? AUTO : force ? ALWAYS : NEVER;
  }

  /**
   * The value of nnU-Net's files.
   *
   * @return true, false, or null for {@link #AUTO}
   */
  public @Nullable Boolean toForce() {
    return this == AUTO ? null : Boolean.valueOf(this == ALWAYS);
  }

  /**
   * The axis to resample by itself, at the usual threshold of 3.
   *
   * @param current spacing of the source, rank 3
   * @param next spacing of the target, rank 3
   * @return the axis, or empty if all axes are treated alike
   */
  public OptionalInt axis(Spacing current, Spacing next) {
    return axis(current, next, ANISOTROPY_THRESHOLD);
  }

  /**
   * The axis to resample by itself: the one of the largest current spacing, else (AUTO only) of the
   * largest next spacing. Two or three axes of the same largest spacing are never separated.
   *
   * @param current spacing of the source, rank 3
   * @param next spacing of the target, rank 3
   * @param threshold AUTO separates above this ratio of largest to smallest spacing
   * @return the axis, or empty if all axes are treated alike
   */
  public OptionalInt axis(Spacing current, Spacing next, double threshold) {
    return switch (this) {
      case NEVER -> OptionalInt.empty();
      case ALWAYS -> thickAxis(current);
      case AUTO ->
          anisotropy(current) > threshold
              ? thickAxis(current)
              : anisotropy(next) > threshold ? thickAxis(next) : OptionalInt.empty();
    };
  }

  private static double anisotropy(Spacing spacing) {
    double largest = 0;
    double smallest = Double.POSITIVE_INFINITY;
    for (double axis : spacing.toArray()) {
      largest = Math.max(largest, axis);
      smallest = Math.min(smallest, axis);
    }
    return largest / smallest;
  }

  private static OptionalInt thickAxis(Spacing spacing) {
    double largest = 0;
    for (double axis : spacing.toArray()) {
      largest = Math.max(largest, axis);
    }
    int found = -1;
    for (int axis = 0; axis < spacing.rank(); axis++) {
      if (largest / spacing.get(axis) == 1) {
        if (found >= 0) {
          return OptionalInt.empty();
        }
        found = axis;
      }
    }
    return OptionalInt.of(found);
  }
}
