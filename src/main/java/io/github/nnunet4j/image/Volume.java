package io.github.nnunet4j.image;

import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.internal.BoxRows;
import io.github.nnunet4j.internal.Checks;
import java.util.Arrays;
import java.util.Optional;

/**
 * An image of one or more float channels on one grid; immutable. Each channel is row-major (z, y,
 * x) with at most 2^31 - 1 voxels.
 */
public final class Volume {
  private final Grid grid;
  private final float[][] channels;

  private Volume(Grid grid, float[][] channels) {
    Checks.argument(channels.length > 0, "a volume has at least one channel");
    for (int c = 0; c < channels.length; c++) {
      Checks.argument(
          channels[c].length == grid.voxels(),
          "channel %d has %d voxels, the grid %s has %d",
          c,
          channels[c].length,
          grid.extent(),
          grid.voxels());
    }
    this.grid = grid;
    this.channels = channels;
  }

  /**
   * A volume of copies of the arrays.
   *
   * @param grid where the voxels lie
   * @param channels one array (z, y, x) per channel
   * @return the volume
   */
  public static Volume copyOf(Grid grid, float[]... channels) {
    return new Volume(grid, Arrays.stream(channels).map(float[]::clone).toArray(float[][]::new));
  }

  /**
   * A volume of the arrays themselves; the caller gives them away and must not write to them again.
   *
   * @param grid where the voxels lie
   * @param channels one array (z, y, x) per channel
   * @return the volume
   */
  public static Volume wrap(Grid grid, float[]... channels) {
    return new Volume(grid, channels.clone());
  }

  /**
   * Where the voxels lie.
   *
   * @return the grid
   */
  public Grid grid() {
    return grid;
  }

  /**
   * The number of channels.
   *
   * @return at least 1
   */
  public int channels() {
    return channels.length;
  }

  /**
   * One channel as a volume of its own, without copying.
   *
   * @param channel from 0
   * @return a volume of one channel
   */
  public Volume channel(int channel) {
    return new Volume(grid, new float[][] {channels[channel]});
  }

  /**
   * The value of one voxel.
   *
   * @param channel from 0
   * @param z slice
   * @param y row
   * @param x column
   * @return the value
   */
  public float at(int channel, int z, int y, int x) {
    return channels[channel][index(grid.extent(), z, y, x)];
  }

  /**
   * The voxels of a channel as a new array.
   *
   * @param channel from 0
   * @return (z, y, x)
   */
  public float[] toArray(int channel) {
    return channels[channel].clone();
  }

  /**
   * The voxels of a channel without copying, for reading only: writing to the array breaks the
   * promise of immutability.
   *
   * @param channel from 0
   * @return (z, y, x), shared
   */
  public float[] unsafeArray(int channel) {
    return channels[channel];
  }

  /**
   * The same voxels on another grid of equal extent.
   *
   * @param newGrid of the same extent
   * @return the volume, sharing the voxels
   */
  public Volume withGrid(Grid newGrid) {
    return new Volume(newGrid, channels);
  }

  /**
   * The part inside a box.
   *
   * @param box within the extent
   * @return a volume of the box's size
   */
  public Volume crop(Box box) {
    requireInside(box, grid.extent());
    return padded(box);
  }

  /**
   * The part inside a box that may reach out of the volume or miss it.
   *
   * @param box outside of the extent every channel is 0
   * @return a volume of the box's size
   */
  public Volume padded(Box box) {
    float[][] out = new float[channels.length][Math.toIntExact(box.size().voxels())];
    for (int c = 0; c < out.length; c++) {
      copyBox(channels[c], grid.extent(), box, out[c]);
    }
    return new Volume(grid.crop(box), out);
  }

  /**
   * A function of every voxel.
   *
   * @param function value to value
   * @return a volume on the same grid
   */
  public Volume map(FloatFunction function) {
    float[][] out = new float[channels.length][];
    for (int c = 0; c < out.length; c++) {
      float[] from = channels[c];
      float[] to = new float[from.length];
      for (int i = 0; i < to.length; i++) {
        to[i] = function.apply(from[i]);
      }
      out[c] = to;
    }
    return new Volume(grid, out);
  }

  /**
   * What is wrong with a channel that holds NaN or infinite voxels.
   *
   * @param channel from 0
   * @return their number and the first of them; empty if all voxels are finite
   */
  public Optional<Problem> notFinite(int channel) {
    float[] voxels = channels[channel];
    int first = -1;
    long count = 0;
    for (int i = voxels.length - 1; i >= 0; i--) {
      if (!(Math.abs(voxels[i]) <= Float.MAX_VALUE)) {
        first = i;
        count++;
      }
    }
    return count == 0
        ? Optional.empty()
        : Optional.of(
            new Problem(
                "channel " + channel,
                "finite voxels",
                voxels[first]
                    + " at "
                    + grid.extent().place(first)
                    + (count == 1 ? "" : " and " + (count - 1) + " more"),
                "Replace voxels without a value, for instance by the intensity of air."));
  }

  /** A function from voxel value to voxel value. */
  @FunctionalInterface
  public interface FloatFunction {
    /**
     * The new value.
     *
     * @param value the old value
     * @return the new value
     */
    float apply(float value);
  }

  static int index(Extent extent, int z, int y, int x) {
    return (z * extent.get(1) + y) * extent.get(2) + x;
  }

  static void requireInside(Box box, Extent extent) {
    Checks.argument(box.within(extent), "%s does not lie in %s", box, extent);
  }

  /** Copies what a box covers; arrays of any one component type. */
  static void copyBox(Object from, Extent extent, Box box, Object to) {
    int[] start = {box.z(), box.y(), box.x()};
    new BoxRows(extent.toArray(), start, box.size().toArray()).copy(from, to);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Volume that
        && grid.equals(that.grid)
        && Arrays.deepEquals(channels, that.channels);
  }

  @Override
  public int hashCode() {
    return 31 * grid.hashCode() + Arrays.deepHashCode(channels);
  }

  @Override
  public String toString() {
    return "Volume of " + channels.length + " channels, " + grid;
  }
}
