package io.github.nnunet4j.train;

import io.github.nnunet4j.augment.Sample;
import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/**
 * Cuts boxes that may reach out of the image: outside, the image is 0 and the label -1. A box that
 * misses the image altogether is all zeros, labels too (nnU-Net v2 {@code crop_and_pad_nd}).
 */
public final class PaddedPatch {
  private static final short OUTSIDE = -1;

  private PaddedPatch() {}

  /**
   * Reads the part inside and pads it.
   *
   * @param extent extent of the image (z, y, x)
   * @param box what to cut
   * @param channels number of image channels
   * @param inside reads a box that lies in the image; not called if there is no such part
   * @return a sample of the box's size, with the spacing of what was read and its origin at zero
   */
  public static Sample read(Extent extent, Box box, int channels, Function<Box, Sample> inside) {
    if (box.within(extent)) {
      Sample whole = inside.apply(box);
      Grid plain = Grid.of(box.size(), whole.image().grid().spacing());
      return new Sample(
          whole.image().withGrid(plain),
          whole.labels().withGrid(plain),
          whole.previous().map(map -> map.withGrid(plain)));
    }
    int[] lower = new int[3];
    int[] upper = new int[3];
    boolean empty = false;
    for (int axis = 0; axis < 3; axis++) {
      lower[axis] = Math.max(0, box.from(axis));
      upper[axis] = Math.min(extent.get(axis), box.to(axis));
      empty |= lower[axis] >= upper[axis];
    }
    int voxels = Math.toIntExact(box.size().voxels());
    float[][] image = new float[channels][voxels];
    short[] labels = new short[voxels];
    Optional<short[]> previous = Optional.empty();
    Grid grid = Grid.of(box.size().get(0), box.size().get(1), box.size().get(2));
    if (!empty) {
      Box part = Box.between(lower, upper);
      Sample sample = inside.apply(part);
      grid = Grid.of(box.size(), sample.image().grid().spacing());
      for (int c = 0; c < channels; c++) {
        paste(sample.image().unsafeArray(c), part, image[c], box);
      }
      Arrays.fill(labels, OUTSIDE);
      paste(sample.labels().unsafeArray(), part, labels, box);
      previous = sample.previous().map(map -> padded(map, part, box));
    }
    Grid reached = grid;
    return new Sample(
        Volume.wrap(grid, image),
        LabelMap.wrap(grid, labels),
        previous.map(map -> LabelMap.wrap(reached, map)));
  }

  private static short[] padded(LabelMap map, Box part, Box box) {
    short[] out = new short[Math.toIntExact(box.size().voxels())];
    Arrays.fill(out, OUTSIDE);
    paste(map.unsafeArray(), part, out, box);
    return out;
  }

  /** Copies rows; arrays of any one component type. */
  private static void paste(Object from, Box part, Object to, Box box) {
    int ny = box.size().get(1);
    int nx = box.size().get(2);
    int count = part.size().get(2);
    int source = 0;
    for (int z = part.z() - box.z(); z < part.to(0) - box.z(); z++) {
      for (int y = part.y() - box.y(); y < part.to(1) - box.y(); y++) {
        System.arraycopy(from, source, to, (z * ny + y) * nx + part.x() - box.x(), count);
        source += count;
      }
    }
  }
}
