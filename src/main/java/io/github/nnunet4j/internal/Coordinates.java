package io.github.nnunet4j.internal;

/** Where the voxels of a target axis lie on the source axis, outer edges coinciding. */
public final class Coordinates {
  private Coordinates() {}

  /** The position of target voxel {@code i}; this order of operations decides ties. */
  public static double of(int i, int in, int out) {
    return (double) in / out * (i + 0.5) - 0.5;
  }

  /** As {@link #of}, kept on the axis. */
  public static double clamped(int i, int in, int out) {
    return Math.max(0, Math.min(of(i, in, out), in - 1));
  }

  /** The nearest source voxel of each target voxel; halves go up. */
  public static int[] nearest(int in, int out) {
    int[] index = new int[out];
    for (int i = 0; i < out; i++) {
      index[i] = (int) Math.floor(clamped(i, in, out) + 0.5);
    }
    return index;
  }
}
