package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.internal.Prefilter;
import io.github.nnunet4j.internal.SplineAxis;
import java.util.Arrays;

/**
 * Labels along a separate first axis with order above 0: a voxel gets the largest label whose
 * interpolated indicator exceeds a half, and 0 if there is none; an exact half does not count.
 */
final class ColumnLabels {
  private final SplineAxis axis;
  private final double[] line;
  private final short[] column;
  private final short[] result;

  private ColumnLabels(int in, int out, int order) {
    axis = SplineAxis.of(in, out, order);
    line = new double[axis.padded()];
    column = new short[in];
    result = new short[out];
  }

  static short[] resample(short[] labels, Extent in, int slices, int order) {
    int plane = in.get(1) * in.get(2);
    short[] out = new short[Math.multiplyExact(slices, plane)];
    ColumnLabels columns = new ColumnLabels(in.get(0), slices, order);
    for (int i = 0; i < plane; i++) {
      for (int k = 0; k < columns.column.length; k++) {
        columns.column[k] = labels[k * plane + i];
      }
      columns.resample();
      for (int k = 0; k < slices; k++) {
        out[k * plane + i] = columns.result[k];
      }
    }
    return out;
  }

  private void resample() {
    Arrays.fill(result, (short) 0);
    int last = Integer.MIN_VALUE;
    for (int label = next(last); label != Integer.MAX_VALUE; label = next(label)) {
      for (int k = 0; k < column.length; k++) {
        line[axis.pad + k] = column[k] == label ? 1 : 0;
      }
      Prefilter.along(line, axis);
      for (int k = 0; k < result.length; k++) {
        double score = 0;
        for (int tap = 0; tap < axis.taps; tap++) {
          score += axis.weights[k * axis.taps + tap] * line[axis.first[k] + tap];
        }
        if (score > 0.5) {
          result[k] = (short) label;
        }
      }
    }
  }

  /** The smallest label of the column above the given one. */
  private int next(int above) {
    int next = Integer.MAX_VALUE;
    for (short label : column) {
      if (label > above && label < next) {
        next = label;
      }
    }
    return next;
  }
}
