package io.github.nnunet4j.infer;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.preprocess.LinearAxis;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The class with the largest linearly resampled logit, found without resampling every class. A
 * linear interpolation is a mean of its corners: where all corners agree on their largest class,
 * that class wins in between; elsewhere only the classes that win at some corner are interpolated,
 * and all others only if the mean of the corners' second largest logits says that another class
 * could win.
 *
 * <p>For one thread; holds two slices of the network grid whatever the number of classes.
 */
final class LinearArgmax {
  private final float[][] logits;
  private final int ny;
  private final int nx;
  private final LinearAxis lineZ;
  private final LinearAxis lineY;
  private final LinearAxis lineX;
  private final Slice[] slices;
  private final int[] agreed;
  private final int[] corner = new int[8];
  private final int[] cornerClass = new int[8];
  private final double[] cornerWeight = new double[8];
  private final float[] best;

  /** The largest class and the second largest logit of every voxel of one slice. */
  private final class Slice {
    int z = -1;
    final short[] winner = new short[ny * nx];
    final float[] second = new float[ny * nx];
  }

  LinearArgmax(Volume logits, List<LinearAxis> lines) {
    Extent extent = logits.grid().extent();
    ny = extent.get(1);
    nx = extent.get(2);
    this.logits = new float[logits.channels()][];
    Arrays.setAll(this.logits, logits::unsafeArray);
    lineZ = lines.get(0);
    lineY = lines.get(1);
    lineX = lines.get(2);
    agreed = new int[nx];
    best = new float[ny * nx];
    slices = new Slice[] {new Slice(), new Slice()};
  }

  /** Fills one row with class numbers. */
  void row(int z, int y, short[] out) {
    Slice low = slice(lineZ.low(z), null);
    Slice high = slice(lineZ.high(z), low);
    int y0 = lineY.low(y) * nx;
    int y1 = lineY.high(y) * nx;
    for (int x = 0; x < nx; x++) {
      int a = low.winner[y0 + x];
      boolean same =
          a == low.winner[y1 + x] && a == high.winner[y0 + x] && a == high.winner[y1 + x];
      agreed[x] = same ? a : -1;
    }
    for (int x = 0; x < out.length; x++) {
      int a = agreed[lineX.low(x)];
      out[x] = (short) (a >= 0 && a == agreed[lineX.high(x)] ? a : decide(low, high, z, y, x));
    }
  }

  /** The slice of winners, held or computed in place of a slice other than {@code keep}. */
  private Slice slice(int z, @Nullable Slice keep) {
    for (Slice slice : slices) {
      if (slice.z == z) {
        return slice;
      }
    }
    boolean first = slices[1] == keep || (slices[0] != keep && slices[0].z < slices[1].z);
    Slice slice = first ? slices[0] : slices[1];
    fill(slice, z);
    return slice;
  }

  private void fill(Slice slice, int z) {
    int count = ny * nx;
    int at = z * count;
    short[] winner = slice.winner;
    float[] second = slice.second;
    System.arraycopy(logits[0], at, best, 0, count);
    Arrays.fill(winner, (short) 0);
    Arrays.fill(second, Float.NEGATIVE_INFINITY);
    for (int c = 1; c < logits.length; c++) {
      float[] values = logits[c];
      for (int i = 0; i < count; i++) {
        float value = values[at + i];
        if (value > best[i]) {
          second[i] = best[i];
          best[i] = value;
          winner[i] = (short) c;
        } else if (value > second[i]) {
          second[i] = value;
        }
      }
    }
    slice.z = z;
  }

  private int decide(Slice low, Slice high, int z, int y, int x) {
    double bound = corners(low, high, z, y, x);
    int winner = -1;
    float largest = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < 8; i++) {
      int candidate = cornerClass[i];
      if (candidate == winner || seenBefore(i)) {
        continue;
      }
      float value = interpolate(candidate);
      if (value > largest || (value == largest && candidate < winner)) {
        largest = value;
        winner = candidate;
      }
    }
    return (float) bound < largest ? winner : decideAmongAll();
  }

  private boolean seenBefore(int i) {
    for (int j = 0; j < i; j++) {
      if (cornerClass[j] == cornerClass[i]) {
        return true;
      }
    }
    return false;
  }

  private int decideAmongAll() {
    int winner = 0;
    float largest = Float.NEGATIVE_INFINITY;
    for (int c = 0; c < logits.length; c++) {
      float value = interpolate(c);
      if (value > largest) {
        largest = value;
        winner = c;
      }
    }
    return winner;
  }

  private float interpolate(int c) {
    float[] values = logits[c];
    double sum = 0;
    for (int i = 0; i < 8; i++) {
      sum += cornerWeight[i] * values[corner[i]];
    }
    return (float) sum;
  }

  /** Sets the corners around an output voxel; gives the mean of their second largest logits. */
  private double corners(Slice low, Slice high, int z, int y, int x) {
    double bound = 0;
    for (int i = 0; i < 8; i++) {
      Slice slice = i < 4 ? low : high;
      boolean upperY = (i & 2) != 0;
      boolean upperX = (i & 1) != 0;
      int at =
          (upperY ? lineY.high(y) : lineY.low(y)) * nx + (upperX ? lineX.high(x) : lineX.low(x));
      corner[i] = slice.z * ny * nx + at;
      cornerClass[i] = slice.winner[at];
      double wz = i < 4 ? 1.0 - lineZ.weight(z) : lineZ.weight(z);
      double wy = upperY ? lineY.weight(y) : 1.0 - lineY.weight(y);
      double wx = upperX ? lineX.weight(x) : 1.0 - lineX.weight(x);
      cornerWeight[i] = wz * wy * wx;
      bound += cornerWeight[i] * slice.second[at];
    }
    return bound;
  }
}
