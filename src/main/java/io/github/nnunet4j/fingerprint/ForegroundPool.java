package io.github.nnunet4j.fingerprint;

import io.github.nnunet4j.dataset.LoadedCase;
import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.internal.Mt19937;
import java.util.Arrays;

/**
 * The foreground intensities of one case, from which samples are drawn with replacement. Keeps the
 * voxels or the samples, whichever are fewer; the draws can be repeated at will.
 */
final class ForegroundPool {
  /** nnU-Net's seed, the same for each case. */
  private static final long SEED = 1234;

  /** How many samples can be drawn at once. */
  static final int CHUNK = 128;

  private final float[][] values;
  private final boolean drawn;

  private ForegroundPool(float[][] values, boolean drawn) {
    this.values = values;
    this.drawn = drawn;
  }

  /**
   * Collects the voxels with a label above 0 inside the box, in the order of the array.
   *
   * @param samples how many will be drawn per channel
   */
  static ForegroundPool of(LoadedCase one, Box box, int samples) {
    short[] labels = one.labels().unsafeArray();
    Extent extent = one.labels().grid().extent();
    int[] places = places(labels, extent, box);
    float[][] values = new float[one.image().channels()][];
    for (int c = 0; c < values.length; c++) {
      float[] image = one.image().unsafeArray(c);
      values[c] = new float[places.length];
      for (int i = 0; i < places.length; i++) {
        values[c][i] = image[places[i]];
      }
    }
    ForegroundPool pool = new ForegroundPool(values, false);
    return places.length > samples ? pool.keepSamples(samples) : pool;
  }

  private static int[] places(short[] labels, Extent extent, Box box) {
    int[] places = new int[1024];
    int count = 0;
    for (int z = box.z(); z < box.to(0); z++) {
      for (int y = box.y(); y < box.to(1); y++) {
        int row = (z * extent.get(1) + y) * extent.get(2);
        for (int i = row + box.x(); i < row + box.to(2); i++) {
          if (labels[i] > 0) {
            if (count == places.length) {
              places = Arrays.copyOf(places, 2 * count);
            }
            places[count++] = i;
          }
        }
      }
    }
    return Arrays.copyOf(places, count);
  }

  private ForegroundPool keepSamples(int samples) {
    float[][] kept = new float[values.length][samples];
    Draws draws = draws();
    for (int c = 0; c < kept.length; c++) {
      draws.channel(c);
      double[] chunk = new double[Math.min(samples, CHUNK)];
      for (int done = 0; done < samples; done += chunk.length) {
        int count = Math.min(chunk.length, samples - done);
        draws.fill(chunk, count);
        for (int i = 0; i < count; i++) {
          kept[c][done + i] = (float) chunk[i];
        }
      }
    }
    return new ForegroundPool(kept, true);
  }

  boolean isEmpty() {
    return values[0].length == 0;
  }

  int channels() {
    return values.length;
  }

  /** Starts the draws anew. */
  Draws draws() {
    return new Draws();
  }

  /** The samples of one channel after the other; all use one random stream. */
  final class Draws {
    private final Mt19937 random = new Mt19937(SEED);
    private final int[] indices = new int[CHUNK];
    private float[] from = new float[0];
    private int position;

    /** Goes on to a channel, the first or the one after the last. */
    void channel(int channel) {
      from = values[channel];
      position = 0;
    }

    /** The next samples of the channel, at most {@link #CHUNK} at a time. */
    void fill(double[] buffer, int count) {
      if (drawn) {
        for (int i = 0; i < count; i++) {
          buffer[i] = from[position++];
        }
        return;
      }
      random.choose(from.length, indices, count);
      for (int i = 0; i < count; i++) {
        buffer[i] = from[indices[i]];
      }
    }
  }
}
