package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.Checks;
import java.util.Arrays;
import java.util.List;

/**
 * What was done to the geometry of a case, so that a prediction can be brought back: it is
 * resampled to {@link #croppedGrid}, then put into the whole image and transposed back here.
 *
 * @param original the image's own grid
 * @param axisOrder for each transposed axis, the axis of the image it takes
 * @param crop the box that was kept, in transposed axes
 * @param networkGrid extent and spacing of the prepared case, in transposed axes
 */
public record Restoration(Grid original, List<Integer> axisOrder, Box crop, Grid networkGrid) {
  /** Copies the order and checks that the crop lies in the image. */
  public Restoration {
    axisOrder = List.copyOf(axisOrder);
    Checks.argument(
        crop.within(original.extent().permuted(order(axisOrder))),
        "%s does not lie in the transposed image",
        crop);
  }

  private static int[] order(List<Integer> axisOrder) {
    return axisOrder.stream().mapToInt(Integer::intValue).toArray();
  }

  private Extent transposed() {
    return original.extent().permuted(order(axisOrder));
  }

  /**
   * The grid between cropping and resampling.
   *
   * @return extent of the crop, spacing of the image, in transposed axes
   */
  public Grid croppedGrid() {
    return Grid.of(crop.size(), original.spacing().permuted(order(axisOrder)));
  }

  /**
   * Labels of the crop on the image's own grid; 0 outside of the crop.
   *
   * @param cropped on {@link #croppedGrid}
   * @return on the original grid
   */
  public LabelMap restore(LabelMap cropped) {
    requireCrop(cropped.grid());
    short[] whole = new short[Math.toIntExact(original.voxels())];
    insert(cropped.unsafeArray(), whole);
    return LabelMap.wrap(
        original,
        Transposition.apply(whole, transposed(), Transposition.inverse(order(axisOrder))));
  }

  /**
   * Probabilities of the crop on the image's own grid.
   *
   * @param cropped channels on {@link #croppedGrid}
   * @param background the channel that is 1 outside of the crop (the others are 0), or -1 for none,
   *     as for regions
   * @return the same channels on the original grid
   */
  public Volume restore(Volume cropped, int background) {
    requireCrop(cropped.grid());
    float[][] channels = new float[cropped.channels()][];
    for (int c = 0; c < channels.length; c++) {
      float[] whole = new float[Math.toIntExact(original.voxels())];
      if (c == background) {
        Arrays.fill(whole, 1);
      }
      insert(cropped.unsafeArray(c), whole);
      channels[c] =
          Transposition.apply(whole, transposed(), Transposition.inverse(order(axisOrder)));
    }
    return Volume.wrap(original, channels);
  }

  private void requireCrop(Grid grid) {
    Checks.argument(
        grid.extent().equals(crop.size()),
        "expected the extent of the crop, %s, found %s",
        crop.size(),
        grid.extent());
  }

  private void insert(Object cropped, Object whole) {
    Extent extent = transposed();
    int nx = crop.size().get(2);
    int from = 0;
    for (int z = crop.z(); z < crop.to(0); z++) {
      for (int y = crop.y(); y < crop.to(1); y++, from += nx) {
        int to = (z * extent.get(1) + y) * extent.get(2) + crop.x();
        System.arraycopy(cropped, from, whole, to, nx);
      }
    }
  }
}
