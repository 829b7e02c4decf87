package io.github.nnunet4j.image;

import io.github.nnunet4j.internal.Checks;
import java.util.Arrays;

/**
 * Where an image holds anything: the voxels that are not zero in some channel together with the
 * holes that they enclose, and the smallest box around them (nnU-Net v2 {@code crop_to_nonzero}).
 *
 * <p>A hole is a set of zeros that no path over voxel faces joins to a zero at the border of the
 * array. An image of one slice therefore has no holes. An image that is zero everywhere has an
 * empty mask and keeps its whole grid as box. NaN counts as not zero.
 *
 * @param mask on the image's whole grid
 * @param box the smallest box that holds the mask, or the whole grid if the mask is empty
 */
public record NonzeroCrop(Mask mask, Box box) {
  /** Label of a background voxel outside the mask, as nnU-Net has it. */
  public static final short OUTSIDE = -1;

  /** Checks that the box lies in the mask's grid. */
  public NonzeroCrop {
    Volume.requireInside(box, mask.grid().extent());
  }

  /**
   * Finds mask and box of an image, in time proportional to its voxels. Needs one byte per voxel.
   *
   * @param image any number of channels
   * @return mask and box
   */
  public static NonzeroCrop of(Volume image) {
    boolean[] mask = HoleFilling.enclosed(image);
    Grid grid = image.grid();
    return new NonzeroCrop(Mask.wrap(grid, mask), bounds(mask, grid.extent()));
  }

  /**
   * The part of an image inside the box.
   *
   * @param image on a grid of the mask's extent
   * @return the cropped image
   */
  public Volume crop(Volume image) {
    requireExtent(image.grid());
    return image.crop(box);
  }

  /**
   * The part of a label map inside the box, where background outside the mask becomes {@link
   * #OUTSIDE}. Other labels stay, wherever they are in the box.
   *
   * @param labels on a grid of the mask's extent
   * @return the cropped labels
   */
  public LabelMap crop(LabelMap labels) {
    requireExtent(labels.grid());
    short[] out = new short[Math.toIntExact(box.size().voxels())];
    Volume.copyBox(labels.unsafeArray(), labels.grid().extent(), box, out);
    return markOutside(labels.grid().crop(box), out);
  }

  /**
   * The labels of a case without reference: 0 inside the mask, {@link #OUTSIDE} elsewhere.
   *
   * @return on the grid of the box
   */
  public LabelMap withoutReference() {
    return markOutside(mask.grid().crop(box), new short[Math.toIntExact(box.size().voxels())]);
  }

  /**
   * How much of the image is left.
   *
   * @return voxels of the box / voxels of the whole grid, above 0 and at most 1
   */
  public double relativeSize() {
    return (double) box.size().voxels() / mask.grid().voxels();
  }

  private LabelMap markOutside(Grid grid, short[] labels) {
    boolean[] inside = new boolean[labels.length];
    Volume.copyBox(mask.unsafeArray(), mask.grid().extent(), box, inside);
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] == 0 && !inside[i]) {
        labels[i] = OUTSIDE;
      }
    }
    return LabelMap.wrap(grid, labels);
  }

  private void requireExtent(Grid grid) {
    Checks.argument(
        grid.extent().equals(mask.grid().extent()),
        "the crop was found on %s voxels, not on %s",
        mask.grid().extent(),
        grid.extent());
  }

  private static Box bounds(boolean[] mask, Extent extent) {
    int[] lower = {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE};
    int[] upper = {-1, -1, -1};
    int nx = extent.get(2);
    int row = 0;
    for (int z = 0; z < extent.get(0); z++) {
      for (int y = 0; y < extent.get(1); y++, row += nx) {
        int first = 0;
        while (first < nx && !mask[row + first]) {
          first++;
        }
        if (first == nx) {
          continue;
        }
        int last = nx - 1;
        while (!mask[row + last]) {
          last--;
        }
        widen(lower, upper, z, y, first);
        widen(lower, upper, z, y, last);
      }
    }
    if (upper[0] < 0) {
      return Box.whole(extent);
    }
    return Box.between(lower, Arrays.stream(upper).map(i -> i + 1).toArray());
  }

  private static void widen(int[] lower, int[] upper, int z, int y, int x) {
    lower[0] = Math.min(lower[0], z);
    lower[1] = Math.min(lower[1], y);
    lower[2] = Math.min(lower[2], x);
    upper[0] = Math.max(upper[0], z);
    upper[1] = Math.max(upper[1], y);
    upper[2] = Math.max(upper[2], x);
  }
}
