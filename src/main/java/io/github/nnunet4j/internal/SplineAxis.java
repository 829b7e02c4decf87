package io.github.nnunet4j.internal;

/**
 * Interpolation along one axis by sums of neighbours. For B-splines, a recursive filter turns
 * samples into coefficients before (Unser, Aldroubi and Eden, IEEE TSP 41, 1993); a windowed sinc
 * (Lanczos) sums the samples themselves.
 *
 * <p>The line is continued by its edge values. Lines are held with {@link #pad} more elements on
 * either side. For orders 2 and 3, continuing without end differs from SciPy's padding by 12
 * samples by less than 2e-14 of the values; for orders 4 and 5 the padding is SciPy's.
 */
public final class SplineAxis {
  /** The highest order of B-splines. */
  public static final int HIGHEST_ORDER = 5;

  /** SciPy's padding, which orders above 3 notice. */
  private static final int SCIPY_PAD = 12;

  final int in;
  final int out;

  /** Elements added to either side of a line. */
  public final int pad;

  /** Number of coefficients per target voxel. */
  public final int taps;

  /** The pole of the filter; 0 if samples and coefficients are the same. */
  final double pole;

  /** The second pole of orders 4 and 5, else 0. */
  final double secondPole;

  /** What the coefficients have to be multiplied by; folded into the weights. */
  final double gain;

  /** First tap of each target voxel, an index into the padded line. */
  public final int[] first;

  /** Weights, {@link #taps} for each target voxel. */
  public final double[] weights;

  private SplineAxis(int in, int out, int taps, int pad, double pole, double secondPole) {
    this.in = in;
    this.out = out;
    this.taps = taps;
    this.pad = pad;
    this.pole = pole;
    this.secondPole = secondPole;
    gain = gain(pole) * gain(secondPole);
    first = new int[out];
    weights = new double[Math.multiplyExact(out, taps)];
  }

  private static double gain(double pole) {
    return pole == 0 ? 1 : (1 - pole) * (1 - 1 / pole);
  }

  /** A B-spline of order 0 to 5 through the samples. */
  public static SplineAxis of(int in, int out, int order) {
    if (in == out) {
      return identity(in);
    }
    SplineAxis axis =
        switch (order) {
          case 0 -> new SplineAxis(in, out, 1, 0, 0, 0);
          case 1 -> new SplineAxis(in, out, 2, 1, 0, 0);
          case 2 -> new SplineAxis(in, out, 3, 2, Math.sqrt(8) - 3, 0);
          case 3 -> new SplineAxis(in, out, 4, 2, Math.sqrt(3) - 2, 0);
          case 4 -> new SplineAxis(in, out, 5, SCIPY_PAD, fourth(1, -1), fourth(-1, 1));
          case HIGHEST_ORDER -> new SplineAxis(in, out, 6, SCIPY_PAD, fifth(1, -1), fifth(-1, 1));
          default -> throw new IllegalArgumentException("no B-spline of order " + order);
        };
    for (int i = 0; i < out; i++) {
      axis.place(i, order);
    }
    return axis;
  }

  private static double fourth(int a, int b) {
    double root = Math.sqrt(304);
    return Math.sqrt(664 + b * Math.sqrt(438976)) + a * root - 19;
  }

  private static double fifth(int a, int b) {
    double root = Math.sqrt(26.25);
    return Math.sqrt(67.5 + b * Math.sqrt(4436.25)) + a * root - 6.5;
  }

  /**
   * A sinc windowed by its own main lobe (Lanczos), which sums to 1. Where there are fewer target
   * voxels than samples, the kernel is as much wider, so that it also removes what the target
   * cannot show.
   */
  public static SplineAxis sinc(int in, int out, int lobes) {
    if (in == out) {
      return identity(in);
    }
    double scale = Math.max(1, (double) in / out);
    double radius = lobes * scale;
    int taps = (int) Math.floor(2 * radius) + 1;
    SplineAxis axis = new SplineAxis(in, out, taps, (int) Math.ceil(radius) + 2, 0, 0);
    for (int i = 0; i < out; i++) {
      double x = Coordinates.of(i, in, out);
      int from = (int) Math.ceil(x - radius);
      double sum = 0;
      for (int tap = 0; tap < taps; tap++) {
        double t = (x - from - tap) / scale;
        double weight = Math.abs(t) < lobes ? sinc(t) * sinc(t / lobes) : 0;
        axis.weights[i * taps + tap] = weight;
        sum += weight;
      }
      for (int tap = 0; tap < taps; tap++) {
        axis.weights[i * taps + tap] /= sum;
      }
      axis.first[i] = from + axis.pad;
    }
    return axis;
  }

  private static double sinc(double t) {
    return t == 0 ? 1 : Math.sin(Math.PI * t) / (Math.PI * t);
  }

  private static SplineAxis identity(int size) {
    SplineAxis axis = new SplineAxis(size, size, 1, 0, 0, 0);
    for (int i = 0; i < size; i++) {
      axis.first[i] = i;
      axis.weights[i] = 1;
    }
    return axis;
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
    } else if (order == 3) {
      int k = (int) Math.floor(x);
      double t = x - k;
      double s = 1 - t;
      first[i] = k - 1 + pad;
      weights[w] = gain * s * s * s / 6;
      weights[w + 1] = gain * (4 - 6 * t * t + 3 * t * t * t) / 6;
      weights[w + 2] = gain * (4 - 6 * s * s + 3 * s * s * s) / 6;
      weights[w + 3] = gain * t * t * t / 6;
    } else {
      int k = (int) Math.floor(order % 2 == 0 ? x + 0.5 : x) - 2;
      first[i] = k + pad;
      for (int tap = 0; tap < taps; tap++) {
        weights[w + tap] = gain * centred(order, x - k - tap);
      }
    }
  }

  /** The centred B-spline: a sum of truncated powers, from the nearer end. */
  private static double centred(int order, double t) {
    double sum = 0;
    double binomial = 1;
    double factorial = 1;
    for (int k = 0; k <= order + 1; k++) {
      double distance = (order + 1) / 2.0 - Math.abs(t) - k;
      if (distance > 0) {
        sum += binomial * Math.pow(distance, order);
      }
      binomial *= -(order + 1.0 - k) / (k + 1);
      factorial *= k >= 1 && k <= order ? k : 1;
    }
    return sum / factorial;
  }
}
