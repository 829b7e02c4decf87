package io.github.nnunet4j.infer;

import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.internal.Checks;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the tiles of a sliding window lie (nnU-Net v2 {@code compute_steps_for_sliding_window}).
 * Along each axis the tiles are spread evenly from the first to the last voxel, at most {@code step
 * * patch} apart. An image smaller than the patch gets one tile that reaches out of it on both
 * sides, by one voxel more at the far side if the difference is odd. A patch of rank 2 visits the
 * image slice by slice.
 *
 * @param image voxels of the image on the network grid, rank 3
 * @param patch voxels of one tile, rank 2 (y, x) or 3 (z, y, x)
 * @param step largest distance of neighbouring tiles as a fraction of the patch, above 0, at most 1
 */
public record Tiling(Extent image, Extent patch, double step) {
  /** Checks the rank of the image, that no extent is zero, and the step. */
  public Tiling {
    Checks.argument(image.rank() == 3, "an image has 3 axes, not %d", image.rank());
    Checks.argument(image.voxels() > 0, "the image %s has no voxels", image);
    Checks.argument(patch.voxels() > 0, "the patch %s has no voxels", patch);
    Checks.argument(step > 0 && step <= 1, "step must be above 0 and at most 1, was %s", step);
  }

  /**
   * The first voxels of the tiles along one axis.
   *
   * @param image voxels of the image, at least {@code patch}
   * @param patch voxels of a tile, positive
   * @param step as a fraction of the patch, above 0, at most 1
   * @return ascending; the first is 0 and the last is {@code image - patch}
   */
  public static List<Integer> starts(int image, int patch, double step) {
    Checks.positive(patch, "patch");
    Checks.argument(image >= patch, "an image of %d is smaller than the patch %d", image, patch);
    Checks.argument(step > 0 && step <= 1, "step must be above 0 and at most 1, was %s", step);
    int room = image - patch;
    int count = (int) Math.ceil(room / (patch * step)) + 1;
    double distance = count > 1 ? (double) room / (count - 1) : 0;
    List<Integer> starts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      starts.add((int) Math.rint(distance * i)); // halves go to the even neighbour, as in NumPy
    }
    return starts;
  }

  /**
   * The size of one tile with a slice axis.
   *
   * @return rank 3; one slice for a patch of rank 2
   */
  public Extent tile() {
    return patch.rank() == 3 ? patch : Extent.of(1, patch.get(0), patch.get(1));
  }

  /**
   * All tiles in the order in which they are predicted: z, then y, then x.
   *
   * @return boxes of the size {@link #tile()} in voxels of the image; where the image is smaller
   *     than the patch they reach out of it
   */
  public List<Box> tiles() {
    List<Box> tiles = new ArrayList<>();
    for (int z : startsAlong(0)) {
      for (int y : startsAlong(1)) {
        for (int x : startsAlong(2)) {
          tiles.add(new Box(z, y, x, tile()));
        }
      }
    }
    return tiles;
  }

  /** The first voxels along one axis, negative where the image is smaller than the tile. */
  private List<Integer> startsAlong(int axis) {
    int size = tile().get(axis);
    int have = image.get(axis);
    if (have < size) {
      return List.of(-((size - have) / 2));
    }
    // Slices of a two-dimensional configuration never overlap, whatever the step.
    boolean slices = axis == 0 && patch.rank() == 2;
    return starts(have, size, slices ? 1 : step);
  }
}
