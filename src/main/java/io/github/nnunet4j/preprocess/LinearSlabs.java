package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.internal.Checks;
import io.github.nnunet4j.internal.Parallel;
import java.util.List;

/**
 * Nearest and linear interpolation, axis by axis (x, then y, then z), in single precision. Each
 * source slice is resampled in plane once; target slices blend two of them.
 */
final class LinearSlabs implements SlabResampling {
  private static final int CHEAP_VOXELS = 1 << 22;
  private static final int CHEAP_SLICES = 8;

  private final Extent target;
  private final LinearAxis z;
  private final LinearAxis y;
  private final LinearAxis x;

  private LinearSlabs(LinearAxis z, LinearAxis y, LinearAxis x) {
    target = Extent.of(z.out, y.out, x.out);
    this.z = z;
    this.y = y;
    this.x = x;
  }

  /** Orders 0 and 1 per axis. */
  static LinearSlabs of(int[] orders, Extent source, Extent target) {
    return of(
        LinearAxis.of(source.get(0), target.get(0), orders[0]),
        LinearAxis.of(source.get(1), target.get(1), orders[1]),
        LinearAxis.of(source.get(2), target.get(2), orders[2]));
  }

  static LinearSlabs of(LinearAxis z, LinearAxis y, LinearAxis x) {
    return new LinearSlabs(z, y, x);
  }

  @Override
  public Extent target() {
    return target;
  }

  @Override
  public List<LinearAxis> axes() {
    return List.of(z, y, x);
  }

  @Override
  public int slices() {
    return Math.max(
        1, Math.min(z.out, Math.max(CHEAP_SLICES, CHEAP_VOXELS / Math.max(1, plane()))));
  }

  /** All slices of one channel. */
  float[] whole(float[] channel, int threads) {
    float[] out = new float[Math.toIntExact(target.voxels())];
    int chunks = Math.min(threads, z.out);
    Parallel.forEach(
        chunks,
        threads,
        "resample",
        i -> {
          int from = (int) ((long) z.out * i / chunks);
          int to = (int) ((long) z.out * (i + 1) / chunks);
          slab(channel, from, to, out, from * plane());
        });
    return out;
  }

  @Override
  public void slab(float[] channel, int zFrom, int zTo, float[] out) {
    Checks.argument(
        channel.length == (long) z.in * y.in * x.in,
        "a channel of %d values does not fill the source grid",
        channel.length);
    Checks.argument(
        zFrom >= 0 && zFrom <= zTo && zTo <= z.out && (long) (zTo - zFrom) * plane() <= out.length,
        "slices %d to %d of %s do not fit into %d values",
        zFrom,
        zTo,
        target,
        out.length);
    slab(channel, zFrom, zTo, out, 0);
  }

  private int plane() {
    return y.out * x.out;
  }

  private void slab(float[] channel, int zFrom, int zTo, float[] out, int offset) {
    Planes planes = new Planes(channel);
    int at = offset;
    for (int k = zFrom; k < zTo; k++, at += plane()) {
      float t = z.weight[k];
      if (k > zFrom && t == 0 && z.weight[k - 1] == 0 && z.low[k] == z.low[k - 1]) {
        System.arraycopy(out, at - plane(), out, at, plane());
      } else if (t == 0) {
        planes.copy(z.low[k], out, at);
      } else {
        float[] low = planes.get(z.low[k]);
        blend(low, planes.get(z.high[k]), t, out, at, plane());
      }
    }
  }

  private static void blend(float[] low, float[] high, float t, float[] out, int at, int n) {
    for (int i = 0; i < n; i++) {
      out[at + i] = low[i] + t * (high[i] - low[i]);
    }
  }

  /** The last two source slices, resampled in plane. */
  private final class Planes {
    private final float[] channel;
    private final float[][] planes = new float[2][];
    private final int[] slice = {-1, -1};
    private final float[][] rows = new float[2][x.out];
    private final int[] row = new int[2];

    Planes(float[] channel) {
      this.channel = channel;
    }

    float[] get(int k) {
      int slot = k & 1;
      if (slice[slot] != k) {
        float[] plane = planes[slot];
        if (plane == null) {
          plane = new float[plane()];
          planes[slot] = plane;
        }
        make(k, plane, 0);
        slice[slot] = k;
      }
      return planes[slot];
    }

    void copy(int k, float[] out, int at) {
      if (slice[k & 1] == k) {
        System.arraycopy(planes[k & 1], 0, out, at, plane());
      } else {
        make(k, out, at);
      }
    }

    private void make(int k, float[] out, int at) {
      int base = k * y.in * x.in;
      if (y.identity && x.identity) {
        System.arraycopy(channel, base, out, at, plane());
        return;
      }
      row[0] = -1;
      row[1] = -1;
      for (int j = 0; j < y.out; j++) {
        int to = at + j * x.out;
        float t = y.weight[j];
        if (t == 0) {
          System.arraycopy(line(base, y.low[j]), 0, out, to, x.out);
        } else {
          float[] low = line(base, y.low[j]);
          blend(low, line(base, y.high[j]), t, out, to, x.out);
        }
      }
    }

    private float[] line(int base, int j) {
      float[] buffer = rows[j & 1];
      if (row[j & 1] != j) {
        stretch(channel, base + j * x.in, buffer);
        row[j & 1] = j;
      }
      return buffer;
    }
  }

  private void stretch(float[] from, int at, float[] to) {
    if (x.identity) {
      System.arraycopy(from, at, to, 0, x.out);
      return;
    }
    int[] low = x.low;
    int[] high = x.high;
    float[] weight = x.weight;
    if (low == high) {
      for (int i = 0; i < to.length; i++) {
        to[i] = from[at + low[i]];
      }
      return;
    }
    for (int i = 0; i < to.length; i++) {
      float a = from[at + low[i]];
      to[i] = a + weight[i] * (from[at + high[i]] - a);
    }
  }
}
