package io.github.nnunet4j.internal;

import java.util.Arrays;

/** Resamples single slices in plane, in double precision. For one thread. */
final class PlaneSpline {
  private final SplineAxis y;
  private final SplineAxis x;
  private final double[][] lines;
  private final double[] line;
  private final double[][] ring;
  private final int[] held;

  PlaneSpline(SplineAxis y, SplineAxis x) {
    this.y = y;
    this.x = x;
    lines = new double[y.padded()][x.in];
    line = new double[x.padded()];
    ring = new double[y.taps][x.out];
    held = new int[y.taps];
  }

  /** Resamples a slice of a channel. */
  void apply(float[] from, int at, double[] out) {
    for (int j = 0; j < y.in; j++) {
      double[] to = lines[y.pad + j];
      int base = at + j * x.in;
      for (int i = 0; i < x.in; i++) {
        to[i] = from[base + i];
      }
    }
    apply(out);
  }

  /** Resamples a slice of doubles. */
  void apply(double[] from, double[] out) {
    for (int j = 0; j < y.in; j++) {
      System.arraycopy(from, j * x.in, lines[y.pad + j], 0, x.in);
    }
    apply(out);
  }

  private void apply(double[] out) {
    Prefilter.across(lines, y, 0, x.in);
    Arrays.fill(held, -1);
    for (int j = 0; j < y.out; j++) {
      int first = y.first[j];
      for (int tap = first; tap < first + y.taps; tap++) {
        int slot = tap % y.taps;
        if (held[slot] != tap) {
          stretch(lines[tap], ring[slot]);
          held[slot] = tap;
        }
      }
      Taps.sum(ring, first, y.weights, j * y.taps, y.taps, out, j * x.out, x.out);
    }
  }

  private void stretch(double[] from, double[] to) {
    if (x.identity()) {
      System.arraycopy(from, 0, to, 0, x.out);
      return;
    }
    System.arraycopy(from, 0, line, x.pad, x.in);
    Prefilter.along(line, x);
    if (x.taps == 4) {
      cubic(line, x.first, x.weights, to);
      return;
    }
    for (int i = 0; i < to.length; i++) {
      double sum = 0;
      for (int tap = 0; tap < x.taps; tap++) {
        sum += x.weights[i * x.taps + tap] * line[x.first[i] + tap];
      }
      to[i] = sum;
    }
  }

  private static void cubic(double[] line, int[] first, double[] weights, double[] to) {
    for (int i = 0; i < to.length; i++) {
      int k = first[i];
      int w = 4 * i;
      to[i] =
          weights[w] * line[k]
              + weights[w + 1] * line[k + 1]
              + weights[w + 2] * line[k + 2]
              + weights[w + 3] * line[k + 3];
    }
  }
}
