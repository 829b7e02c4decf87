package io.github.nnunet4j.internal;

import java.util.Arrays;

/**
 * Resamples one channel by splines, slice after slice in plane and then along z, in double
 * precision; only as many resampled slices are held as one target slice sums. If the filter runs
 * along z, it goes first, on the small side of an enlargement.
 */
public final class ChannelSpline {
  private static final int BLOCK = 1024;

  private final SplineAxis z;
  private final SplineAxis y;
  private final SplineAxis x;
  private final boolean separate;

  /** With {@code separate}, slices are clipped to their own range and the step along z is not. */
  public ChannelSpline(SplineAxis z, SplineAxis y, SplineAxis x, boolean separate) {
    this.z = z;
    this.y = y;
    this.x = x;
    this.separate = separate;
  }

  public float[] resample(float[] channel, int threads) {
    float[] out = new float[Math.toIntExact(Math.multiplyExact((long) z.out, outPlane()))];
    SliceSource source = source(channel, threads);
    ValueRange range =
        separate
            ? new ValueRange(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY)
            : ValueRange.of(channel, 0, channel.length);
    int chunks = Math.min(threads, z.out);
    Parallel.forEach(
        chunks,
        threads,
        "resample",
        i -> {
          int from = (int) ((long) z.out * i / chunks);
          int to = (int) ((long) z.out * (i + 1) / chunks);
          new Chunk(source, range).fill(from, to, out);
        });
    return out;
  }

  /** Gives the slice of a padded index along z, resampled in plane. */
  private interface SliceSource {
    void slice(PlaneSpline plane, int index, double[] to);
  }

  private SliceSource source(float[] channel, int threads) {
    if (z.pole == 0) {
      return (plane, index, to) -> inPlane(plane, channel, index, to);
    }
    if (!separate) {
      double[][] coefficients = planes(channel);
      filter(coefficients, inPlane(), threads);
      return (plane, index, to) -> plane.apply(coefficients[index], to);
    }
    double[][] resampled = new double[z.padded()][outPlane()];
    Parallel.forEach(
        z.in,
        threads,
        "resample",
        k -> inPlane(new PlaneSpline(y, x), channel, z.pad + k, resampled[z.pad + k]));
    filter(resampled, outPlane(), threads);
    return (plane, index, to) -> System.arraycopy(resampled[index], 0, to, 0, to.length);
  }

  private void inPlane(PlaneSpline plane, float[] channel, int index, double[] to) {
    int slice = Math.max(0, Math.min(index - z.pad, z.in - 1));
    int at = slice * inPlane();
    plane.apply(channel, at, to);
    if (separate) {
      ValueRange range = ValueRange.of(channel, at, at + inPlane());
      double low = range.low();
      double high = range.high();
      for (int i = 0; i < to.length; i++) {
        to[i] = Math.min(Math.max(to[i], low), high);
      }
    }
  }

  private double[][] planes(float[] channel) {
    double[][] planes = new double[z.padded()][inPlane()];
    for (int k = 0; k < z.in; k++) {
      double[] to = planes[z.pad + k];
      int base = k * to.length;
      for (int i = 0; i < to.length; i++) {
        to[i] = channel[base + i];
      }
    }
    return planes;
  }

  private void filter(double[][] planes, int size, int threads) {
    Parallel.forEach(
        (size + BLOCK - 1) / BLOCK,
        threads,
        "resample",
        b -> Prefilter.across(planes, z, b * BLOCK, Math.min(size, (b + 1) * BLOCK)));
  }

  private int inPlane() {
    return y.in * x.in;
  }

  private int outPlane() {
    return Math.multiplyExact(y.out, x.out);
  }

  /** A range of target slices, made by one thread. */
  private final class Chunk {
    private final SliceSource source;
    private final ValueRange range;
    private final PlaneSpline plane = new PlaneSpline(y, x);
    private final double[][] ring = new double[z.taps][outPlane()];
    private final int[] held = new int[z.taps];

    Chunk(SliceSource source, ValueRange range) {
      this.source = source;
      this.range = range;
      Arrays.fill(held, -1);
    }

    void fill(int from, int to, float[] out) {
      for (int k = from; k < to; k++) {
        int first = z.first[k];
        for (int tap = first; tap < first + z.taps; tap++) {
          if (held[tap % z.taps] != tap) {
            source.slice(plane, tap, ring[tap % z.taps]);
            held[tap % z.taps] = tap;
          }
        }
        combine(k, out);
      }
    }

    private void combine(int k, float[] out) {
      int n = outPlane();
      float low = range.low();
      float high = range.high();
      int base = k * n;
      if (z.taps == 4) {
        int f = z.first[k];
        cubic(
            ring[f & 3],
            ring[f + 1 & 3],
            ring[f + 2 & 3],
            ring[f + 3 & 3],
            4 * k,
            out,
            base,
            range);
        return;
      }
      for (int i = 0; i < n; i++) {
        double sum = 0;
        for (int tap = 0; tap < z.taps; tap++) {
          sum += z.weights[k * z.taps + tap] * ring[(z.first[k] + tap) % z.taps][i];
        }
        out[base + i] = Math.min(Math.max((float) sum, low), high);
      }
    }

    private void cubic(
        double[] a,
        double[] b,
        double[] c,
        double[] d,
        int w,
        float[] out,
        int base,
        ValueRange clip) {
      double wa = z.weights[w];
      double wb = z.weights[w + 1];
      double wc = z.weights[w + 2];
      double wd = z.weights[w + 3];
      double low = clip.low();
      double high = clip.high();
      for (int i = 0; i < a.length; i++) {
        double sum = wa * a[i] + wb * b[i] + wc * c[i] + wd * d[i];
        out[base + i] = (float) Math.min(Math.max(sum, low), high);
      }
    }
  }
}
