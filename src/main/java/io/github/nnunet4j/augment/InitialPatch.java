package io.github.nnunet4j.augment;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.internal.Checks;

/**
 * The patch to cut from an image so that a rotated patch of the wanted size fits in (nnU-Net {@code
 * get_patch_size}): the corner is turned about each axis by itself by the largest angle, at most 90
 * degrees, the largest extent per axis is kept, divided by the smallest scale and truncated.
 */
public final class InitialPatch {
  /**
   * The smallest scale that nnU-Net enlarges for, 0.85, although it then scales by 0.7 to 1.4: a
   * patch that is scaled down far shows the outside of the cut.
   */
  public static final double SMALLEST_SCALE = 0.85;

  private InitialPatch() {}

  /**
   * The initial patch.
   *
   * @param patch the wanted patch, (z, y, x) or (y, x)
   * @param radians largest angle about each axis; of a (y, x) patch only the first counts
   * @param smallestScale lower end of the scale range, positive
   * @return of the same number of axes
   */
  public static Extent of(Extent patch, double[] radians, double smallestScale) {
    Checks.positive(smallestScale, "smallest scale");
    int rank = patch.rank();
    double[] corner = new double[rank];
    double[] largest = new double[rank];
    for (int axis = 0; axis < rank; axis++) {
      corner[axis] = patch.get(axis);
      largest[axis] = patch.get(axis);
    }
    if (rank == 2) {
      turn(corner, 0, 1, radians[0], largest);
    } else {
      turn(corner, 1, 2, radians[0], largest);
      turn(corner, 2, 0, radians[1], largest);
      turn(corner, 0, 1, radians[2], largest);
    }
    return Extent.of(rank, axis -> (int) (largest[axis] / smallestScale));
  }

  /**
   * The initial patch for one angle about all axes.
   *
   * @param patch the wanted patch (z, y, x)
   * @param radians largest angle
   * @param smallestScale lower end of the scale range, positive
   * @param inPlane true to enlarge y and x alone, by the rule of three axes for anisotropic patches
   *     and by that of two axes for a single slice
   * @return (z, y, x)
   */
  public static Extent of(Extent patch, double radians, double smallestScale, boolean inPlane) {
    Checks.argument(patch.rank() == 3, "the patch has 3 axes (z, y, x), not %s", patch);
    double[] angles = {radians, radians, radians};
    if (inPlane && patch.get(0) == 1) {
      Extent plane = of(Extent.of(patch.get(1), patch.get(2)), angles, smallestScale);
      return Extent.of(1, plane.get(0), plane.get(1));
    }
    Extent enlarged = of(patch, angles, smallestScale);
    return inPlane ? Extent.of(patch.get(0), enlarged.get(1), enlarged.get(2)) : enlarged;
  }

  /** Turns the corner in the plane of two axes; the longest reach along each axis is kept. */
  private static void turn(double[] corner, int a, int b, double radians, double[] largest) {
    double angle = Math.min(Math.abs(radians), Math.PI / 2);
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    largest[a] = Math.max(largest[a], Math.abs(corner[a] * cos + corner[b] * sin));
    largest[b] = Math.max(largest[b], Math.abs(corner[b] * cos - corner[a] * sin));
  }
}
