package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.internal.ChannelSpline;
import io.github.nnunet4j.internal.Coordinates;
import io.github.nnunet4j.internal.SplineAxis;
import java.util.Arrays;

/** What a label resampling does between two given grids. */
final class LabelPath {
  private LabelPath() {}

  static short[] resample(SplineLabelResampling how, LabelMap source, Grid target, int threads) {
    Extent in = source.grid().extent();
    Extent out = target.extent();
    short[] labels = source.unsafeArray();
    int axis = how.separateZ().axis(source.grid().spacing(), target.spacing()).orElse(-1);
    if (axis < 0) {
      return interpolate(labels, in, out, how, threads);
    }
    int[] first = axis == 0 ? new int[] {0, 1, 2} : axis == 1 ? new int[] {1, 0, 2} : LAST_FIRST;
    Extent turnedIn = in.permuted(first);
    Extent turnedOut = out.permuted(first);
    short[] turned = Transposition.apply(labels, in, first);
    short[] result = separately(turned, turnedIn, turnedOut, how, threads);
    return Transposition.apply(result, turnedOut, Transposition.inverse(first));
  }

  private static final int[] LAST_FIRST = {2, 0, 1};

  /** In plane first, then along the first axis. */
  private static short[] separately(
      short[] labels, Extent in, Extent out, SplineLabelResampling how, int threads) {
    Extent middle = Extent.of(in.get(0), out.get(1), out.get(2));
    short[] planes = middle.equals(in) ? labels : interpolate(labels, in, middle, how, threads);
    if (middle.equals(out)) {
      return planes;
    }
    return how.orderZ() == 0
        ? nearest(planes, middle, out)
        : ColumnLabels.resample(planes, middle, out.get(0), how.orderZ());
  }

  private static short[] interpolate(
      short[] labels, Extent in, Extent out, SplineLabelResampling how, int threads) {
    return switch (how.order()) {
      case 0 -> nearest(labels, in, out);
      case 1 -> LinearLabels.of(in, out, how.rule()).resample(labels, threads);
      default -> smooth(labels, in, out, how, threads);
    };
  }

  static short[] nearest(short[] labels, Extent in, Extent out) {
    int[] z = Coordinates.nearest(in.get(0), out.get(0));
    int[] y = Coordinates.nearest(in.get(1), out.get(1));
    int[] x = Coordinates.nearest(in.get(2), out.get(2));
    short[] result = new short[Math.toIntExact(out.voxels())];
    int at = 0;
    for (int slice : z) {
      for (int line : y) {
        int base = (slice * in.get(1) + line) * in.get(2);
        for (int column : x) {
          result[at++] = labels[base + column];
        }
      }
    }
    return result;
  }

  /** Orders above 1: the filter reaches far, so each label is interpolated as a whole. */
  private static short[] smooth(
      short[] labels, Extent in, Extent out, SplineLabelResampling how, int threads) {
    ChannelSpline spline =
        new ChannelSpline(
            SplineAxis.of(in.get(0), out.get(0), how.order()),
            SplineAxis.of(in.get(1), out.get(1), how.order()),
            SplineAxis.of(in.get(2), out.get(2), how.order()),
            false);
    short[] near = nearest(labels, in, out);
    short[] result = new short[near.length];
    float[] best = new float[near.length];
    Arrays.fill(best, Float.NEGATIVE_INFINITY);
    float[] indicator = new float[labels.length];
    for (int label : LabelMap.wrap(Grid.of(in.get(0), in.get(1), in.get(2)), labels).distinct()) {
      for (int i = 0; i < labels.length; i++) {
        indicator[i] = labels[i] == label ? 1 : 0;
      }
      float[] score = spline.resample(indicator, threads);
      decide(how.rule(), result, best, near, score, (short) label);
    }
    return result;
  }

  /** Takes the scores of one more label, in ascending order, into account. */
  static void decide(
      LabelRule rule, short[] result, float[] best, short[] near, float[] score, short label) {
    if (rule == LabelRule.THRESHOLD) {
      overwrite(result, score, label);
    } else {
      keepLargest(result, best, near, score, label);
    }
  }

  private static void overwrite(short[] result, float[] score, short label) {
    for (int i = 0; i < result.length; i++) {
      if (score[i] >= 0.5f) {
        result[i] = label;
      }
    }
  }

  private static void keepLargest(
      short[] result, float[] best, short[] near, float[] score, short label) {
    for (int i = 0; i < result.length; i++) {
      if (score[i] > best[i] || (score[i] == best[i] && label == near[i])) {
        best[i] = score[i];
        result[i] = label;
      }
    }
  }
}
