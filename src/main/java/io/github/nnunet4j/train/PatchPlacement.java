package io.github.nnunet4j.train;

import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.internal.Checks;
import java.util.random.RandomGenerator;

/**
 * Where a patch may lie in an image (nnU-Net v2 {@code get_bbox}). The patch that is cut is larger
 * than the final one by what rotation needs, and may reach out of the image by half of that
 * difference; where the image is too small even so, it is centred.
 *
 * @param image extent of the image (z, y, x)
 * @param cut extent of the patch to cut (z, y, x); one slice for a two-dimensional patch
 * @param patch what is left of it after augmentation, not larger
 * @param padding further voxels per axis that the cut may reach out by, on both sides together
 */
public record PatchPlacement(Extent image, Extent cut, Extent patch, Extent padding) {
  private static final Extent NO_PADDING = Extent.of(0, 0, 0);

  /** Checks the extents. */
  public PatchPlacement {
    for (Extent extent : new Extent[] {image, cut, patch, padding}) {
      Checks.argument(extent.rank() == 3, "extents have 3 axes (z, y, x), not %s", extent);
    }
    Checks.argument(
        cut.voxels() > 0 && patch.voxels() > 0, "the patch %s of %s is empty", patch, cut);
  }

  /**
   * A placement without further padding.
   *
   * @param image extent of the image (z, y, x)
   * @param cut extent of the patch to cut (z, y, x)
   * @param patch what is left of it after augmentation
   * @return the placement
   */
  public static PatchPlacement of(Extent image, Extent cut, Extent patch) {
    return new PatchPlacement(image, cut, patch, NO_PADDING);
  }

  private int overhang(int axis) {
    int wanted = cut.get(axis) - patch.get(axis) + padding.get(axis);
    int missing = cut.get(axis) - image.get(axis);
    return Math.max(wanted, missing);
  }

  /**
   * The lowest first voxel.
   *
   * @param axis 0 = z, 1 = y, 2 = x
   * @return zero or negative for a cut not smaller than the patch
   */
  public int lowest(int axis) {
    return Math.floorDiv(-overhang(axis), 2);
  }

  /**
   * The highest first voxel of a patch placed at random.
   *
   * @param axis 0 = z, 1 = y, 2 = x
   * @return not below the lowest
   */
  public int highest(int axis) {
    int overhang = overhang(axis);
    return image.get(axis)
        + Math.floorDiv(overhang, 2)
        + Math.floorMod(overhang, 2)
        - cut.get(axis);
  }

  /**
   * A box at a uniformly random place.
   *
   * @param random draws one integer per axis, z first
   * @return the box, which may reach out of the image
   */
  public Box random(RandomGenerator random) {
    return new Box(anywhere(0, random), anywhere(1, random), anywhere(2, random), cut);
  }

  /** The first voxel of a patch at a random place along one axis. */
  int anywhere(int axis, RandomGenerator random) {
    return random.nextInt(lowest(axis), highest(axis) + 1);
  }

  /**
   * The box around a voxel. It starts half a patch before the voxel, but not before the lowest
   * first voxel; there is no limit at the other end, as in the reference.
   *
   * @param z slice of the voxel
   * @param y its row
   * @param x its column
   * @return the box, which may reach out of the image
   */
  public Box around(int z, int y, int x) {
    return new Box(start(0, z), start(1, y), start(2, x), cut);
  }

  private int start(int axis, int voxel) {
    return Math.max(lowest(axis), voxel - cut.get(axis) / 2);
  }
}
