package io.github.nnunet4j.preprocess;

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

  private LinearAxis(int in, int out, int order) {
    this.in = in;
    this.out = out;
    identity = in == out;
    low = order == 0 ? Coordinates.nearest(in, out) : new int[out];
    high = order == 0 ? low : new int[out];
    weight = new float[out];
    if (order == 1) {
      for (int i = 0; i < out; i++) {
        double x = Coordinates.clamped(i, in, out);
        low[i] = (int) x;
        weight[i] = low[i] == in - 1 ? 0 : (float) (x - low[i]);
        high[i] = weight[i] == 0 ? low[i] : low[i] + 1;
      }
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
    return new LinearAxis(in, out, order);
  }
}
