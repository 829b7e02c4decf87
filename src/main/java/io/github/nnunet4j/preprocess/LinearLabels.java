package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.internal.Parallel;

/**
 * Linear interpolation of label indicators without making a single one: only the labels of the
 * eight source voxels around a target voxel have a score there, and where all eight agree there is
 * nothing to compute.
 */
final class LinearLabels {
  private static final int MIXED = Integer.MIN_VALUE;

  private final LinearAxis z;
  private final LinearAxis y;
  private final LinearAxis x;
  private final Decision decision;

  /** How the scores around a voxel decide. */
  private enum Decision {
    ARGMAX,
    THRESHOLD,
    TORCH,
    MAJORITY
  }

  private LinearLabels(LinearAxis z, LinearAxis y, LinearAxis x, Decision decision) {
    this.z = z;
    this.y = y;
    this.x = x;
    this.decision = decision;
  }

  static LinearLabels of(Extent in, Extent out, LabelRule rule) {
    return new LinearLabels(
        LinearAxis.of(in.get(0), out.get(0), 1),
        LinearAxis.of(in.get(1), out.get(1), 1),
        LinearAxis.of(in.get(2), out.get(2), 1),
        rule == LabelRule.THRESHOLD ? Decision.THRESHOLD : Decision.ARGMAX);
  }

  /**
   * The largest score in half precision, of 1000 in all; among equals the smallest label. An axis
   * of order 0 only chooses the slice.
   */
  static LinearLabels torch(LinearAxis z, LinearAxis y, LinearAxis x) {
    return new LinearLabels(z, y, x, Decision.TORCH);
  }

  /** The label with more than half, or 0. */
  static LinearLabels majority(LinearAxis z, LinearAxis y, LinearAxis x) {
    return new LinearLabels(z, y, x, Decision.MAJORITY);
  }

  short[] resample(short[] labels, int threads) {
    int plane = Math.multiplyExact(y.out, x.out);
    short[] out = new short[Math.multiplyExact(z.out, plane)];
    int chunks = Math.min(threads, z.out);
    Parallel.forEach(
        chunks,
        threads,
        "resample",
        i -> {
          Worker worker = new Worker(labels, out);
          int to = (int) ((long) z.out * (i + 1) / chunks);
          for (int k = (int) ((long) z.out * i / chunks); k < to; k++) {
            for (int j = 0; j < y.out; j++) {
              worker.row(k, j);
            }
          }
        });
    return out;
  }

  /** The state of one thread. */
  private final class Worker {
    private final short[] labels;
    private final short[] out;
    private final int[] common = new int[x.in];
    private final int[] base = new int[4];
    private final int[] candidate = new int[8];
    private final double[] score = new double[8];
    private int candidates;

    Worker(short[] labels, short[] out) {
      this.labels = labels;
      this.out = out;
      base[0] = -1;
    }

    void row(int k, int j) {
      int low = z.low[k] * y.in;
      int high = z.high[k] * y.in;
      int b0 = (low + y.low[j]) * x.in;
      int b3 = (high + y.high[j]) * x.in;
      if (b0 != base[0] || b3 != base[3]) {
        base[0] = b0;
        base[1] = (low + y.high[j]) * x.in;
        base[2] = (high + y.low[j]) * x.in;
        base[3] = b3;
        compare(labels, base[0], base[1], base[2], base[3], common);
      }
      int at = (k * y.out + j) * x.out;
      int[] left = x.low;
      int[] right = x.high;
      for (int i = 0; i < x.out; i++) {
        int a = common[left[i]];
        out[at + i] = a != MIXED && a == common[right[i]] ? (short) a : mixed(k, j, i);
      }
    }

    private short mixed(int k, int j, int i) {
      candidates = 0;
      double tz = z.weight[k];
      double ty = y.weight[j];
      double tx = x.weight[i];
      int left = x.low[i];
      int right = x.high[i];
      for (int corner = 0; corner < 4; corner++) {
        double w = ((corner & 2) == 0 ? 1 - tz : tz) * ((corner & 1) == 0 ? 1 - ty : ty);
        if (w > 0) {
          add(labels[base[corner] + left], w * (1 - tx));
          add(labels[base[corner] + right], w * tx);
        }
      }
      if (decision == Decision.THRESHOLD) {
        return threshold();
      }
      if (decision == Decision.MAJORITY) {
        return majority();
      }
      if (decision == Decision.TORCH) {
        return largestHalf();
      }
      int corner = (tz >= 0.5 ? 2 : 0) + (ty >= 0.5 ? 1 : 0);
      return largest(labels[base[corner] + (tx >= 0.5 ? right : left)]);
    }

    private void add(int label, double weight) {
      for (int c = 0; c < candidates; c++) {
        if (candidate[c] == label) {
          score[c] += weight;
          return;
        }
      }
      candidate[candidates] = label;
      score[candidates++] = weight;
    }

    private short largest(int nearest) {
      int best = candidate[0];
      double most = score[0];
      for (int c = 1; c < candidates; c++) {
        boolean tie = score[c] == most;
        if (score[c] > most || (tie && best != nearest && wins(candidate[c], best, nearest))) {
          best = candidate[c];
          most = score[c];
        }
      }
      return (short) best;
    }

    private short largestHalf() {
      int best = Integer.MAX_VALUE;
      double most = -1;
      for (int c = 0; c < candidates; c++) {
        double thousandth = half((float) (1000 * score[c]));
        if (thousandth > most || (thousandth == most && candidate[c] < best)) {
          best = candidate[c];
          most = thousandth;
        }
      }
      return (short) best;
    }

    private boolean wins(int label, int best, int nearest) {
      return label == nearest || label < best;
    }

    private short majority() {
      for (int c = 0; c < candidates; c++) {
        if (score[c] > 0.5) {
          return (short) candidate[c];
        }
      }
      return 0;
    }

    private short threshold() {
      int best = Integer.MIN_VALUE;
      for (int c = 0; c < candidates; c++) {
        if (score[c] >= 0.5 && candidate[c] > best) {
          best = candidate[c];
        }
      }
      return best == Integer.MIN_VALUE ? 0 : (short) best;
    }
  }

  /** A number of at least 0 as half precision stores it: 11 significant bits, halves to even. */
  static double half(float value) {
    double unit = Math.scalb(1.0, Math.max(Math.getExponent(value), -14) - 10);
    return Math.rint(value / unit) * unit;
  }

  private static void compare(short[] labels, int a, int b, int c, int d, int[] common) {
    for (int i = 0; i < common.length; i++) {
      int label = labels[a + i];
      int differs = (label ^ labels[b + i]) | (label ^ labels[c + i]) | (label ^ labels[d + i]);
      common[i] = differs == 0 ? label : MIXED;
    }
  }
}
