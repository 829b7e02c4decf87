package io.github.nnunet4j.infer;

import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.Parallel;
import java.util.List;

/**
 * Export of logits through linear interpolation, slab by slab: only rows of the image's grid are
 * ever held, so that memory does not grow with the number of classes.
 */
final class LinearExport {
  private static final int SLAB = 16;

  private final Volume logits;
  private final List<AxisLine> lines;
  private final Placement placement;
  private final Classes classes;
  private final int threads;

  LinearExport(
      Volume logits, List<AxisLine> lines, Placement placement, Labels labels, int threads) {
    this.logits = logits;
    this.lines = lines;
    this.placement = placement;
    this.classes = new Classes(labels);
    this.threads = threads;
  }

  /** Work on one row of the image's grid. */
  private interface RowTask {
    void run(int z, int y, int imageRow);
  }

  /** Makes the work of one slab; its buffers belong to one thread. */
  private interface SlabTask {
    RowTask start();
  }

  private void eachSlab(SlabTask task) {
    Extent size = placement.crop().size();
    int slabs = (size.get(0) + SLAB - 1) / SLAB;
    Parallel.forEach(
        slabs,
        threads,
        "export",
        slab -> {
          RowTask row = task.start();
          int end = Math.min(size.get(0), (slab + 1) * SLAB);
          for (int z = slab * SLAB; z < end; z++) {
            for (int y = 0; y < size.get(1); y++) {
              row.run(z, y, placement.rowStart(z, y));
            }
          }
        });
  }

  /** Writes the labels of the crop into the array of the image. */
  void labels(short[] out) {
    int nx = placement.crop().size().get(2);
    int stride = placement.stride(2);
    if (classes.hasRegions()) {
      eachSlab(() -> regionRow(new float[nx], new short[nx], stride, out));
      return;
    }
    eachSlab(
        () -> {
          LinearArgmax argmax = new LinearArgmax(logits, lines);
          short[] row = new short[nx];
          return (z, y, at) -> {
            argmax.row(z, y, row);
            for (int x = 0; x < nx; x++) {
              out[at + x * stride] = classes.label(row[x]);
            }
          };
        });
  }

  private RowTask regionRow(float[] values, short[] row, int stride, short[] out) {
    LinearRows rows = new LinearRows(logits.grid().extent(), lines);
    return (z, y, at) -> {
      java.util.Arrays.fill(row, (short) 0);
      for (int region = 0; region < logits.channels(); region++) {
        rows.row(logits.unsafeArray(region), z, y, values);
        classes.paint(region, values, row);
      }
      for (int x = 0; x < row.length; x++) {
        out[at + x * stride] = row[x];
      }
    };
  }

  /** Writes the probabilities of the crop into the arrays of the image, one per class. */
  void probabilities(float[][] out) {
    int nx = placement.crop().size().get(2);
    int stride = placement.stride(2);
    eachSlab(
        () -> {
          LinearRows rows = new LinearRows(logits.grid().extent(), lines);
          float[][] values = new float[logits.channels()][nx];
          return (z, y, at) -> {
            for (int c = 0; c < values.length; c++) {
              rows.row(logits.unsafeArray(c), z, y, values[c]);
            }
            classes.toProbabilities(values);
            for (int c = 0; c < values.length; c++) {
              for (int x = 0; x < nx; x++) {
                out[c][at + x * stride] = values[c][x];
              }
            }
          };
        });
  }
}
