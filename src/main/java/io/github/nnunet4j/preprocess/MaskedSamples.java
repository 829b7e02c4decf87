package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.internal.Parallel;
import java.util.Arrays;

/**
 * The logarithms of the voxels that a bias field is estimated from: those of the thinned grid that
 * lie in the mask and are positive, stored one after the other in runs along x. Cut into blocks of
 * whole rows that do not depend on the number of threads, so that sums do not either.
 */
final class MaskedSamples {
  private static final int BLOCKS = 64;
  private static final int VOXELS_PER_THREAD = 16384;

  private final int[][] samples;
  private final int[] rowRuns;
  private final int[] rowStart;
  private final int[] runFrom;
  private final int[] runTo;
  private final float[] logarithms;
  private final int[] blocks;

  private MaskedSamples(
      int[][] samples, int[] rowRuns, int[] rowStart, int[] runFrom, int[] runTo) {
    this.samples = samples;
    this.rowRuns = rowRuns;
    this.rowStart = rowStart;
    this.runFrom = runFrom;
    this.runTo = runTo;
    logarithms = new float[rowStart[rowStart.length - 1]];
    blocks = blocks(rowStart);
  }

  /**
   * Collects the samples.
   *
   * @param voxels the image (z, y, x)
   * @param inside the mask
   * @param extent of both
   * @param samples per axis the voxels that are looked at, ascending
   * @param threads at most so many
   */
  static MaskedSamples of(
      float[] voxels, boolean[] inside, Extent extent, int[][] samples, int threads) {
    int rows = samples[0].length * samples[1].length;
    int[] runs = new int[rows + 1];
    int[] start = new int[rows + 1];
    Rows image = new Rows(voxels, inside, extent, samples);
    for (int row = 0; row < rows; row++) {
      runs[row + 1] = runs[row];
      start[row + 1] = start[row];
      image.seek(row);
      for (int from = image.next(0, true); from < image.length(); ) {
        int to = image.next(from, false);
        runs[row + 1]++;
        start[row + 1] += to - from;
        from = image.next(to, true);
      }
    }
    MaskedSamples out =
        new MaskedSamples(samples, runs, start, new int[runs[rows]], new int[runs[rows]]);
    Parallel.forEach(
        out.blocks(),
        out.threads(threads),
        "bias field",
        block -> out.fill(block, new Rows(voxels, inside, extent, samples)));
    return out;
  }

  /** The thinned rows of the image. */
  private static final class Rows {
    private final float[] voxels;
    private final boolean[] inside;
    private final Extent extent;
    private final int[][] samples;
    private int base;

    Rows(float[] voxels, boolean[] inside, Extent extent, int[][] samples) {
      this.voxels = voxels;
      this.inside = inside;
      this.extent = extent;
      this.samples = samples;
    }

    void seek(int row) {
      int z = samples[0][row / samples[1].length];
      int y = samples[1][row % samples[1].length];
      base = (z * extent.get(1) + y) * extent.get(2);
    }

    int length() {
      return samples[2].length;
    }

    /** The next sample that counts, or does not. */
    int next(int from, boolean wanted) {
      int at = from;
      while (at < samples[2].length && counts(base + samples[2][at]) != wanted) {
        at++;
      }
      return at;
    }

    private boolean counts(int voxel) {
      return inside[voxel] && voxels[voxel] > 0;
    }

    float logarithm(int sample) {
      return (float) Math.log(voxels[base + samples[2][sample]]);
    }
  }

  private void fill(int block, Rows image) {
    for (int row = blocks[block]; row < blocks[block + 1]; row++) {
      image.seek(row);
      int at = rowStart[row];
      int from = 0;
      for (int run = rowRuns[row]; run < rowRuns[row + 1]; run++) {
        from = image.next(from, true);
        int to = image.next(from, false);
        runFrom[run] = from;
        runTo[run] = to;
        while (from < to) {
          logarithms[at++] = image.logarithm(from++);
        }
      }
    }
  }

  /** Rows where blocks begin and, last, the number of rows; about equally many samples each. */
  private static int[] blocks(int[] rowStart) {
    int rows = rowStart.length - 1;
    int count = Math.min(BLOCKS, rows);
    int[] out = new int[count + 1];
    for (int block = 1; block < count; block++) {
      int aim = (int) ((long) rowStart[rows] * block / count);
      int row = Arrays.binarySearch(rowStart, aim);
      out[block] = Math.max(out[block - 1], row < 0 ? -row - 2 : row);
    }
    out[count] = rows;
    return out;
  }

  /** The number of samples. */
  int count() {
    return logarithms.length;
  }

  /** So many threads of those allowed that each has enough to do. */
  int threads(int allowed) {
    return Math.max(1, Math.min(allowed, count() / VOXELS_PER_THREAD));
  }

  int blocks() {
    return blocks.length - 1;
  }

  /** The first row of a block; that of the block after the last is the number of rows. */
  int firstRow(int block) {
    return blocks[block];
  }

  /** Where in the samples a row begins; that of the row after the last is their number. */
  int start(int row) {
    return rowStart[row];
  }

  /** The first run of a row; that of the row after the last is the number of runs. */
  int firstRun(int row) {
    return rowRuns[row];
  }

  /** The first column of a run, counted on the thinned grid. */
  int from(int run) {
    return runFrom[run];
  }

  /** The column after the last of a run. */
  int to(int run) {
    return runTo[run];
  }

  /** Shared, for reading only. */
  float[] logarithms() {
    return logarithms;
  }

  int[] voxels(int axis) {
    return samples[axis];
  }

  int slices() {
    return samples[0].length;
  }

  int rowsPerSlice() {
    return samples[1].length;
  }

  int columns() {
    return samples[2].length;
  }
}
