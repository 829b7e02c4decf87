package io.github.nnunet4j.infer;

import io.github.nnunet4j.error.PredictionException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.Volume;
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
    long slice = (long) extent.get(1) * extent.get(2);
    weightWindow = new float[Math.toIntExact(Math.min(tile.get(0), extent.get(0)) * slice)];
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
    eachRow(
        box,
        (tileRow, z, y, from, to) -> {
          int out = windowRow(z, y);
          int in = tileRow - box.x();
          for (int x = from; x < to; x++) {
            weightWindow[out + x] += weight[in + x];
          }
        });
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
    int ny = grid.extent().get(1);
    int nx = grid.extent().get(2);
    boolean flipX = mirrored.contains(2);
    eachRow(
        box,
        (tileRow, z, y, from, to) -> {
          int out = (z * ny + y) * nx;
          int in = tileRow - box.x();
          int source = sourceRow(box, mirrored, z, y);
          if (flipX) {
            int last = source + tile.get(2) - 1 + box.x();
            for (int x = from; x < to; x++) {
              sum[out + x] += weight[in + x] * values[last - x];
            }
          } else {
            int first = source - box.x();
            for (int x = from; x < to; x++) {
              sum[out + x] += weight[in + x] * values[first + x];
            }
          }
        });
  }

  private int sourceRow(Box box, List<Integer> mirrored, int z, int y) {
    int tz = mirrored.contains(0) ? box.to(0) - 1 - z : z - box.z();
    int ty = mirrored.contains(1) ? box.to(1) - 1 - y : y - box.y();
    return (tz * tile.get(1) + ty) * tile.get(2);
  }

  /** A row of the image inside a tile: columns from (inclusive) to (exclusive). */
  private interface Row {
    void visit(int tileRow, int z, int y, int from, int to);
  }

  private void eachRow(Box box, Row row) {
    int nx = grid.extent().get(2);
    int from = Math.max(0, box.x());
    int to = Math.min(nx, box.to(2));
    int lastZ = Math.min(grid.extent().get(0), box.to(0));
    int lastY = Math.min(grid.extent().get(1), box.to(1));
    for (int z = Math.max(0, box.z()); z < lastZ; z++) {
      for (int y = Math.max(0, box.y()); y < lastY; y++) {
        int tileRow = ((z - box.z()) * tile.get(1) + y - box.y()) * tile.get(2);
        row.visit(tileRow, z, y, from, to);
      }
    }
  }

  private int windowRow(int z, int y) {
    Extent extent = grid.extent();
    int depth = Math.min(tile.get(0), extent.get(0));
    return (z % depth * extent.get(1) + y) * extent.get(2);
  }

  private void finishBefore(int z) {
    int slice = grid.extent().get(1) * grid.extent().get(2);
    for (; finished < z; finished++) {
      int window = windowRow(finished, 0);
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
