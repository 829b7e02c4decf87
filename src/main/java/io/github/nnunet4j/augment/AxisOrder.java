package io.github.nnunet4j.augment;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.internal.Checks;
import java.util.Arrays;

/** Exchanges and mirrors axes of equal length. */
final class AxisOrder {
  private final Extent extent;
  private final int start;
  private final int[] step = new int[3];

  /** Axis k of the output runs along axis {@code order[k]} of the input, backwards if flipped. */
  AxisOrder(Extent extent, int[] order, boolean[] flipped) {
    this.extent = extent;
    int[] stride = {extent.get(1) * extent.get(2), extent.get(2), 1};
    int origin = 0;
    for (int axis = 0; axis < 3; axis++) {
      int n = extent.get(axis);
      Checks.argument(
          extent.get(order[axis]) == n,
          "axes %d and %d of %s differ in length and cannot be exchanged",
          axis,
          order[axis],
          extent);
      int forward = stride[order[axis]];
      origin += flipped[axis] ? (n - 1) * forward : 0;
      step[axis] = flipped[axis] ? -forward : forward;
    }
    start = origin;
  }

  void apply(SampleBuffer buffer) {
    Grid grid = Grid.of(extent, buffer.grid().spacing());
    int n = Math.toIntExact(extent.voxels());
    float[][] channels = new float[buffer.channels()][];
    Arrays.setAll(channels, c -> ordered(buffer.read(c), n));
    short[][] labels = new short[buffer.labelMaps()][];
    Arrays.setAll(labels, map -> ordered(buffer.readLabels(map), n));
    buffer.replace(grid, channels, labels);
  }

  private float[] ordered(float[] from, int n) {
    float[] to = new float[n];
    int at = 0;
    for (int z = 0; z < extent.get(0); z++) {
      for (int y = 0; y < extent.get(1); y++) {
        int source = start + z * step[0] + y * step[1];
        for (int x = 0; x < extent.get(2); x++) {
          to[at++] = from[source];
          source += step[2];
        }
      }
    }
    return to;
  }

  private short[] ordered(short[] from, int n) {
    short[] to = new short[n];
    int at = 0;
    for (int z = 0; z < extent.get(0); z++) {
      for (int y = 0; y < extent.get(1); y++) {
        int source = start + z * step[0] + y * step[1];
        for (int x = 0; x < extent.get(2); x++) {
          to[at++] = from[source];
          source += step[2];
        }
      }
    }
    return to;
  }
}
