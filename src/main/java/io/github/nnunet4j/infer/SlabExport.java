package io.github.nnunet4j.infer;

import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.Parallel;
import io.github.nnunet4j.preprocess.SlabResampling;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Export of logits slab by slab: per thread one slab of one resampled class and of the winners so
 * far, so that memory does not grow with the number of classes.
 */
final class SlabExport {
  private static final int ARGMAX_SLICES = 16;

  private final Volume logits;
  private final SlabResampling slabs;
  private final Placement placement;
  private final Classes classes;
  private final int threads;
  private final int ny;
  private final int nx;

  SlabExport(
      Volume logits, SlabResampling slabs, Placement placement, Classes classes, int threads) {
    this.logits = logits;
    this.slabs = slabs;
    this.placement = placement;
    this.classes = classes;
    this.threads = threads;
    ny = slabs.target().get(1);
    nx = slabs.target().get(2);
  }

  /** Work on the slices from (inclusive) to (exclusive). */
  interface SlabTask {
    void run(int from, int to);
  }

  void eachSlab(int slices, Supplier<SlabTask> task) {
    int nz = slabs.target().get(0);
    int count = (nz + slices - 1) / slices;
    int workers = Math.min(count, threads);
    Parallel.forEach(
        workers,
        workers,
        "export",
        worker -> {
          SlabTask work = task.get(); // its buffers serve all slabs of one thread
          for (int slab = worker; slab < count; slab += workers) {
            work.run(slab * slices, Math.min(nz, (slab + 1) * slices));
          }
        });
  }

  /** Writes the labels of the crop into the array of the image. */
  void labels(short[] out) {
    if (!classes.hasRegions() && !slabs.axes().isEmpty()) {
      eachSlab(ARGMAX_SLICES, () -> linearArgmax(out));
      return;
    }
    int slices = slabs.slices();
    eachSlab(
        slices,
        () -> {
          float[] values = new float[voxels(slices)];
          short[] winners = new short[values.length];
          float[] best = new float[classes.hasRegions() ? 0 : values.length];
          return (from, to) -> {
            if (classes.hasRegions()) {
              paint(from, to, values, winners);
            } else {
              argmax(from, to, values, best, winners);
            }
            place(from, to, (i, at) -> out[at] = winners[i]);
          };
        });
  }

  /** Voxels of so many slices of the crop. */
  int voxels(int slices) {
    return Math.multiplyExact(slices, Math.multiplyExact(ny, nx));
  }

  int voxels() {
    return voxels(slabs.target().get(0));
  }

  int slices() {
    return slabs.slices();
  }

  Classes classes() {
    return classes;
  }

  int channels() {
    return logits.channels();
  }

  /** Slices of one resampled channel. */
  void slab(int channel, int from, int to, float[] out) {
    slabs.slab(logits.unsafeArray(channel), from, to, out);
  }

  private SlabTask linearArgmax(short[] out) {
    LinearArgmax argmax = new LinearArgmax(logits, slabs.axes());
    short[] row = new short[nx];
    int stride = placement.stride(2);
    return (from, to) -> {
      for (int z = from; z < to; z++) {
        for (int y = 0; y < ny; y++) {
          argmax.row(z, y, row);
          int at = placement.rowStart(z, y);
          for (int x = 0; x < nx; x++) {
            out[at + x * stride] = classes.label(row[x]);
          }
        }
      }
    };
  }

  private void paint(int from, int to, float[] values, short[] labels) {
    Arrays.fill(labels, (short) 0);
    for (int region = 0; region < logits.channels(); region++) {
      slab(region, from, to, values);
      classes.paint(region, values, labels);
    }
  }

  private void argmax(int from, int to, float[] values, float[] best, short[] labels) {
    Arrays.fill(best, Float.NEGATIVE_INFINITY);
    for (int c = 0; c < logits.channels(); c++) {
      slab(c, from, to, values);
      for (int i = 0; i < best.length; i++) {
        if (values[i] > best[i]) {
          best[i] = values[i];
          labels[i] = classes.label(c);
        }
      }
    }
  }

  /** Writes the probabilities of the crop into the arrays of the image, one per class. */
  void probabilities(float[][] out) {
    int slices = slabs.slices();
    int stride = placement.stride(2);
    eachSlab(
        slices,
        () -> {
          float[] values = new float[voxels(slices)];
          float[][] row = new float[out.length][nx];
          return (from, to) -> {
            for (int c = 0; c < out.length; c++) {
              slab(c, from, to, values);
              float[] channel = out[c];
              place(from, to, (i, at) -> channel[at] = values[i]);
            }
            for (int z = from; z < to; z++) {
              for (int y = 0; y < ny; y++) {
                turnIntoProbabilities(out, row, placement.rowStart(z, y), stride);
              }
            }
          };
        });
  }

  private void turnIntoProbabilities(float[][] out, float[][] row, int at, int stride) {
    for (int c = 0; c < out.length; c++) {
      for (int x = 0; x < nx; x++) {
        row[c][x] = out[c][at + x * stride];
      }
    }
    classes.toProbabilities(row);
    for (int c = 0; c < out.length; c++) {
      for (int x = 0; x < nx; x++) {
        out[c][at + x * stride] = row[c][x];
      }
    }
  }

  /** A pair of indices: into the slab, into the image. */
  interface Pair {
    void visit(int slab, int image);
  }

  void place(int from, int to, Pair pair) {
    int stride = placement.stride(2);
    int i = 0;
    for (int z = from; z < to; z++) {
      for (int y = 0; y < ny; y++) {
        int at = placement.rowStart(z, y);
        for (int x = 0; x < nx; x++) {
          pair.visit(i++, at + x * stride);
        }
      }
    }
  }
}
