package io.github.nnunet4j.internal;

import java.util.Arrays;

/** Weighted sums of whole rows or planes that are held in a ring. */
final class Taps {
  private Taps() {}

  /** Row {@code first + tap} stands in ring slot {@code (first + tap) % taps}. */
  static void sum(
      double[][] ring,
      int first,
      double[] weights,
      int w,
      int taps,
      double[] out,
      int at,
      int length) {
    if (taps == 1) {
      System.arraycopy(ring[0], 0, out, at, length);
    } else if (taps == 4) {
      double[] a = ring[first & 3];
      double[] b = ring[first + 1 & 3];
      double[] c = ring[first + 2 & 3];
      double[] d = ring[first + 3 & 3];
      sum4(a, b, c, d, weights, w, out, at, length);
    } else {
      Arrays.fill(out, at, at + length, 0);
      for (int tap = first; tap < first + taps; tap++) {
        add(ring[tap % taps], weights[w + tap - first], out, at, length);
      }
    }
  }

  private static void add(double[] row, double weight, double[] out, int at, int length) {
    for (int i = 0; i < length; i++) {
      out[at + i] += weight * row[i];
    }
  }

  private static void sum4(
      double[] a,
      double[] b,
      double[] c,
      double[] d,
      double[] weights,
      int w,
      double[] out,
      int at,
      int length) {
    double wa = weights[w];
    double wb = weights[w + 1];
    double wc = weights[w + 2];
    double wd = weights[w + 3];
    for (int i = 0; i < length; i++) {
      out[at + i] = wa * a[i] + wb * b[i] + wc * c[i] + wd * d[i];
    }
  }
}
