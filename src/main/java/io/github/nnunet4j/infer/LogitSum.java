package io.github.nnunet4j.infer;

import io.github.nnunet4j.error.PredictionException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.BoxRows;
import io.github.nnunet4j.internal.Parallel;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * The weighted mean of the logits of overlapping tiles in float32, on the network grid. Tiles
 * arrive in ascending z, so that slices no later tile touches are finished on the way and the
 * weights are held for one tile's depth only.
 */
final class LogitSum {
  private static final long PARALLEL_FROM = 1 << 21;

  private final Grid grid;
  private final Extent tile;
  private final float[] weight;
  private final int contributions;
  private final int threads;
  private final float[][] sums;
  private final float[][] scratch;
  private final float[] weightWindow;
  private final int slice;
  private int finished;

  /**
   * An empty sum.
   *
   * @param grid of the image on the network grid
   * @param tile size of the tiles, rank 3
   * @param weight one positive number per voxel of a tile
   * @param heads logits per voxel
   * @param contributions how often every tile is added (mirrored passes times networks)
   * @param threads for the additions
   */
  LogitSum(Grid grid, Extent tile, float[] weight, int heads, int contributions, int threads) {
    this.grid = grid;
    this.tile = tile;
    this.weight = weight;
    this.contributions = contributions;
    long work = Math.multiplyExact(tile.voxels(), heads);
    this.threads = work < PARALLEL_FROM ? 1 : Math.min(threads, heads);
    sums = new float[heads][Math.toIntExact(grid.voxels())];
    scratch = new float[this.threads][Math.toIntExact(tile.voxels())];
    Extent extent = grid.extent();
    slice = Math.multiplyExact(extent.get(1), extent.get(2));
    weightWindow = new float[Math.multiplyExact(Math.min(tile.get(0), extent.get(0)), slice)];
  }

  /** The number of logits per voxel. */
  int heads() {
    return sums.length;
  }

  /**
   * Counts the weights of a tile, once, after its first pass was added; finishes the slices before
   * it, so all passes of earlier tiles must have been added.
   */
  void weigh(Box box) {
    finishBefore(Math.max(0, box.z()));
    BoxRows rows = rows(box);
    for (int z = rows.firstSlice(); z < rows.endSlice(); z++) {
      int shift = windowSlice(z) - z * slice;
      rows.slice(
          z,
          (at, into, n) -> {
            for (int i = 0; i < n; i++) {
              weightWindow[shift + at + i] += weight[into + i];
            }
          });
    }
  }

  /**
   * Adds the logits of one pass of a tile.
   *
   * @param box the tile
   * @param mirrored the axes of the tile (0 is z) along which the logits run backwards
   * @param logits holds (head, z, y, x) from {@code offset} on
   * @param offset of the first logit
   */
  void add(Box box, List<Integer> mirrored, FloatBuffer logits, int offset) {
    Parallel.forEach(
        threads,
        threads,
        "tiles",
        thread -> {
          for (int head = thread; head < sums.length; head += threads) {
            float[] values = scratch[thread];
            logits.get(offset + head * values.length, values, 0, values.length);
            addHead(box, mirrored, values, sums[head]);
          }
        });
  }

  private void addHead(Box box, List<Integer> mirrored, float[] values, float[] sum) {
    boolean flipX = mirrored.contains(2);
    BoxRows rows = rows(box);
    for (int z = rows.firstSlice(); z < rows.endSlice(); z++) {
      rows.slice(
          z,
          (at, into, n) -> {
            int source = source(into, mirrored);
            if (flipX) {
              for (int i = 0; i < n; i++) {
                sum[at + i] += weight[into + i] * values[source - i];
              }
            } else {
              for (int i = 0; i < n; i++) {
                sum[at + i] += weight[into + i] * values[source + i];
              }
            }
          });
    }
  }

  /** Where the logit of a voxel of the tile is. */
  private int source(int voxel, List<Integer> mirrored) {
    int at = 0;
    int stride = 1;
    int rest = voxel;
    for (int axis = 2; axis >= 0; axis--) {
      int n = tile.get(axis);
      int i = rest % n;
      at += stride * (mirrored.contains(axis) ? n - 1 - i : i);
      stride *= n;
      rest /= n;
    }
    return at;
  }

  private BoxRows rows(Box box) {
    int[] start = {box.z(), box.y(), box.x()};
    return new BoxRows(grid.extent().toArray(), start, tile.toArray());
  }

  private int windowSlice(int z) {
    return z % Math.min(tile.get(0), grid.extent().get(0)) * slice;
  }

  private void finishBefore(int z) {
    for (; finished < z; finished++) {
      int window = windowSlice(finished);
      for (int i = 0; i < slice; i++) {
        weightWindow[window + i] *= contributions;
      }
      int at = finished * slice;
      for (float[] sum : sums) {
        if (!divide(sum, at, window, slice)) {
          throw notFinite(finished);
        }
      }
      Arrays.fill(weightWindow, window, window + slice, 0);
    }
  }

  /** Divides one slice by its weights and says whether all quotients are finite. */
  private boolean divide(float[] sum, int at, int window, int count) {
    boolean finite = true;
    for (int i = 0; i < count; i++) {
      float mean = sum[at + i] / weightWindow[window + i];
      sum[at + i] = mean;
      finite &= Math.abs(mean) <= Float.MAX_VALUE;
    }
    return finite;
  }

  private static PredictionException notFinite(int slice) {
    return new PredictionException(
        new Problem(
            "slice " + slice + " of the network grid",
            "finite logits",
            "NaN or infinity",
            "Check the weights of the network and the intensities of the image."));
  }

  /**
   * The mean, once all tiles were added; this object must not be used again.
   *
   * @return one channel per head on the network grid
   */
  Volume finish() {
    finishBefore(grid.extent().get(0));
    return Volume.wrap(grid, sums);
  }
}
