package io.github.nnunet4j.internal;

/**
 * B-spline interpolation along one axis: a recursive filter that turns samples into coefficients
 * (Unser, Aldroubi and Eden, IEEE TSP 41, 1993) and the taps that every target voxel sums.
 *
 * <p>The line is continued by its edge values. Lines are held with {@link #pad} more elements on
 * either side. Continuing without end differs from SciPy's padding by 12 samples by less than 2e-14
 * of the values.
 */
public final class SplineAxis {
  final int in;
  final int out;

  /** Elements added to either side of a line. */
  public final int pad;

  /** Number of coefficients per target voxel. */
  public final int taps;

  /** The pole of the filter; 0 if samples and coefficients are the same. */
  final double pole;

  /** What the coefficients have to be multiplied by; folded into the weights. */
  final double gain;

  /** First tap of each target voxel, an index into the padded line. */
  public final int[] first;

  /** Weights, {@link #taps} for each target voxel. */
  public final double[] weights;

  private SplineAxis(int in, int out, int order) {
    this.in = in;
    this.out = out;
    boolean identity = in == out;
    taps = identity ? 1 : order + 1;
    pad = identity ? 0 : order == 0 ? 0 : order == 1 ? 1 : 2;
    pole = identity ? 0 : order == 2 ? Math.sqrt(8) - 3 : order == 3 ? Math.sqrt(3) - 2 : 0;
    gain = pole == 0 ? 1 : (1 - pole) * (1 - 1 / pole);
    first = new int[out];
    weights = new double[out * taps];
    for (int i = 0; i < out; i++) {
      if (identity) {
        first[i] = i;
        weights[i] = 1;
      } else {
        place(i, order);
      }
    }
  }

  public static SplineAxis of(int in, int out, int order) {
    return new SplineAxis(in, out, order);
  }

  boolean identity() {
    return in == out;
  }

  public int padded() {
    return in + 2 * pad;
  }

  private void place(int i, int order) {
    double x = order <= 1 ? Coordinates.clamped(i, in, out) : Coordinates.of(i, in, out);
    int w = i * taps;
    if (order == 0) {
      first[i] = (int) Math.floor(x + 0.5);
      weights[w] = 1;
    } else if (order == 1) {
      int k = (int) x;
      first[i] = k + pad;
      weights[w] = 1 - (x - k);
      weights[w + 1] = x - k;
    } else if (order == 2) {
      int k = (int) Math.floor(x + 0.5);
      double t = x - k;
      first[i] = k - 1 + pad;
      weights[w] = gain * (0.5 - t) * (0.5 - t) / 2;
      weights[w + 1] = gain * (0.75 - t * t);
      weights[w + 2] = gain * (0.5 + t) * (0.5 + t) / 2;
    } else {
      int k = (int) Math.floor(x);
      double t = x - k;
      double s = 1 - t;
      first[i] = k - 1 + pad;
      weights[w] = gain * s * s * s / 6;
      weights[w + 1] = gain * (4 - 6 * t * t + 3 * t * t * t) / 6;
      weights[w + 2] = gain * (4 - 6 * s * s + 3 * s * s * s) / 6;
      weights[w + 3] = gain * t * t * t / 6;
    }
  }
}
