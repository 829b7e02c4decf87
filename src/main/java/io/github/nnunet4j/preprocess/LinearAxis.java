package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.internal.Coordinates;
import java.util.function.IntToDoubleFunction;

/**
 * Nearest or linear interpolation along one axis: two neighbours and the weight of the upper.
 * Immutable.
 */
public final class LinearAxis {
  final int in;
  final int out;
  final boolean identity;
  final int[] low;
  final int[] high;
  final float[] weight;

  private LinearAxis(int in, int out, int[] nearest) {
    this.in = in;
    this.out = out;
    identity = in == out;
    low = nearest;
    high = nearest;
    weight = new float[out];
  }

  private LinearAxis(int in, int out, IntToDoubleFunction position) {
    this.in = in;
    this.out = out;
    identity = in == out;
    low = new int[out];
    high = new int[out];
    weight = new float[out];
    for (int i = 0; i < out; i++) {
      double x = position.applyAsDouble(i);
      low[i] = Math.min((int) x, in - 1);
      weight[i] = low[i] == in - 1 ? 0 : (float) (x - low[i]);
      high[i] = weight[i] == 0 ? low[i] : low[i] + 1;
    }
  }

  /**
   * The number of target voxels along the axis.
   *
   * @return at least 0
   */
  public int size() {
    return out;
  }

  /**
   * The lower neighbour of a target voxel.
   *
   * @param i target index
   * @return source index
   */
  public int low(int i) {
    return low[i];
  }

  /**
   * The upper neighbour of a target voxel.
   *
   * @param i target index
   * @return source index; the lower one if that counts alone
   */
  public int high(int i) {
    return high[i];
  }

  /**
   * How much the upper neighbour counts; the lower one counts the rest of 1.
   *
   * @param i target index
   * @return from 0, below 1
   */
  public float weight(int i) {
    return weight[i];
  }

  static LinearAxis of(int in, int out, int order) {
    return order == 0
        ? new LinearAxis(in, out, Coordinates.nearest(in, out))
        : new LinearAxis(in, out, i -> Coordinates.clamped(i, in, out));
  }

  /** With the positions in single precision, as torch computes them; that decides ties. */
  static LinearAxis torch(int in, int out, TorchMode mode) {
    float scale = (float) in / out;
    if (mode == TorchMode.LINEAR) {
      return new LinearAxis(in, out, i -> Math.max(scale * (i + 0.5f) - 0.5f, 0));
    }
    float shift = mode == TorchMode.NEAREST_EXACT ? 0.5f : 0;
    int[] nearest = new int[out];
    for (int i = 0; i < out; i++) {
      nearest[i] = Math.min((int) ((i + shift) * scale), in - 1);
    }
    return new LinearAxis(in, out, nearest);
  }
}
