package io.github.nnunet4j.train;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.internal.Checks;
import java.util.List;

/**
 * Labels at the resolutions of the deep supervision outputs, taken from the nearest voxel (nnU-Net
 * v2 {@code DownsampleSegForDSTransform}). The size is n * scale, rounded half to even, at least 1;
 * voxel i of the small grid takes voxel floor((i + 0.5) * n / size) of the large one.
 */
public final class LabelPyramid {
  private LabelPyramid() {}

  /**
   * The labels at every scale.
   *
   * @param labels at full resolution
   * @param scales per output the scale per axis (z, y, x), above 0, at most 1
   * @return one label map per scale; the argument itself where all scales are 1
   */
  public static List<LabelMap> of(LabelMap labels, List<List<Double>> scales) {
    return scales.stream().map(scale -> shrink(labels, scale)).toList();
  }

  private static LabelMap shrink(LabelMap labels, List<Double> scale) {
    Checks.argument(scale.size() == 3, "3 scales (z, y, x) are needed, not %s", scale);
    Checks.argument(
        scale.stream().allMatch(s -> s > 0 && s <= 1),
        "scales lie above 0 and are at most 1, not %s",
        scale);
    Extent from = labels.grid().extent();
    Extent to =
        Extent.of(3, axis -> (int) Math.max(1, Math.rint(from.get(axis) * scale.get(axis))));
    return to.equals(from) ? labels : nearest(labels, to);
  }

  private static LabelMap nearest(LabelMap labels, Extent to) {
    Extent from = labels.grid().extent();
    int[][] source = new int[3][];
    for (int axis = 0; axis < 3; axis++) {
      source[axis] = sources(from.get(axis), to.get(axis));
    }
    short[] voxels = labels.unsafeArray();
    short[] small = new short[Math.toIntExact(to.voxels())];
    int at = 0;
    for (int z : source[0]) {
      for (int y : source[1]) {
        int row = (z * from.get(1) + y) * from.get(2);
        for (int x : source[2]) {
          small[at++] = voxels[row + x];
        }
      }
    }
    return LabelMap.wrap(Grid.of(to, labels.grid().spacing()), small);
  }

  private static int[] sources(int from, int to) {
    float step = (float) from / to;
    int[] source = new int[to];
    for (int i = 0; i < to; i++) {
      source[i] = Math.min(from - 1, (int) ((i + 0.5f) * step));
    }
    return source;
  }
}
