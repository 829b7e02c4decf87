package io.github.nnunet4j.preprocess;

import java.util.Arrays;

/**
 * The uniform B-splines of one axis at its samples: which control points reach a sample, and with
 * what weight. The axis' first and last voxel lie at the ends of the parametric domain, as in the
 * multilevel B-spline approximation of N4 (Lee et al. 1997, section 3; Tustison et al. 2010).
 *
 * <p>An axis of one voxel has one control point of weight 1: nothing can vary along it.
 */
final class BSplineAxis {
  /** The last voxel is moved into the last span by this part of a voxel, as ITK does. */
  private static final double EDGE = 1e-3;

  private final int controlPoints;
  private final int[] first;
  private final int[] end;
  private final double[][] weights;

  private BSplineAxis(int controlPoints, int[] first, int[] end, double[][] weights) {
    this.controlPoints = controlPoints;
    this.first = first;
    this.end = end;
    this.weights = weights;
  }

  /** What is made of the weights of one sample, in place. */
  @FunctionalInterface
  private interface Rule {
    void apply(double[] weights);
  }

  /**
   * The splines at some voxels of an axis.
   *
   * @param voxels of the axis
   * @param samples ascending voxel indices
   * @param controlPoints more than the order; 1 where the axis has one voxel
   * @param order of the splines, 0 where the axis has one voxel
   */
  static BSplineAxis of(int voxels, int[] samples, int controlPoints, int order) {
    int[] first = new int[samples.length];
    double[][] weights = new double[order + 1][samples.length];
    double[] basis = new double[order + 1];
    int spans = controlPoints - order;
    for (int i = 0; i < samples.length; i++) {
      double t = order == 0 ? 0 : position(samples[i], voxels, spans);
      first[i] = (int) t;
      basis(t - first[i], basis);
      for (int tap = 0; tap <= order; tap++) {
        weights[tap][i] = basis[tap];
      }
    }
    return new BSplineAxis(controlPoints, first, ends(first), weights);
  }

  private static double position(int voxel, int voxels, int spans) {
    double step = (double) spans / (voxels - 1);
    double t = spans * (double) voxel / (voxels - 1);
    return spans - t <= EDGE * step ? spans - EDGE * step : t;
  }

  /** The values of the order + 1 splines that reach a place in a span (Cox and de Boor). */
  static void basis(double u, double[] out) {
    out[0] = 1;
    for (int order = 1; order < out.length; order++) {
      double saved = 0;
      for (int r = 0; r < order; r++) {
        double part = out[r] / order;
        out[r] = saved + (r + 1 - u) * part;
        saved = (u + order - r - 1) * part;
      }
      out[order] = saved;
    }
  }

  private static int[] ends(int[] first) {
    int[] end = new int[first.length];
    for (int i = first.length - 1; i >= 0; i--) {
      end[i] = i + 1 < first.length && first[i + 1] == first[i] ? end[i + 1] : i + 1;
    }
    return end;
  }

  /** The same axis with the factor b^3 / sum b^2 of each sample's share in the numerator. */
  BSplineAxis shares() {
    return with(
        b -> {
          double sum = Arrays.stream(b).map(w -> w * w).sum();
          Arrays.setAll(b, tap -> b[tap] * b[tap] * b[tap] / sum);
        });
  }

  /** The same axis with the factor b^2 of each sample's share in the denominator. */
  BSplineAxis squares() {
    return with(b -> Arrays.setAll(b, tap -> b[tap] * b[tap]));
  }

  private BSplineAxis with(Rule rule) {
    double[][] changed = new double[weights.length][first.length];
    double[] one = new double[weights.length];
    for (int i = 0; i < first.length; i++) {
      for (int tap = 0; tap < one.length; tap++) {
        one[tap] = weights[tap][i];
      }
      rule.apply(one);
      for (int tap = 0; tap < one.length; tap++) {
        changed[tap][i] = one[tap];
      }
    }
    return new BSplineAxis(controlPoints, first, end, changed);
  }

  int controlPoints() {
    return controlPoints;
  }

  int samples() {
    return first.length;
  }

  /** How many control points reach a sample. */
  int taps() {
    return weights.length;
  }

  /** The first control point that reaches a sample. */
  int first(int sample) {
    return first[sample];
  }

  /** The sample after the last that the same control points reach. */
  int end(int sample) {
    return end[sample];
  }

  double weight(int tap, int sample) {
    return weights[tap][sample];
  }

  /**
   * Sums of control points for samples of one span or more.
   *
   * @param line the control points of this axis
   * @param from first sample
   * @param to after the last sample
   * @param out the values, from index {@code from} on
   */
  void evaluate(double[] line, int from, int to, double[] out) {
    for (int at = from; at < to; ) {
      int stop = Math.min(to, end[at]);
      if (weights.length == 4) {
        evaluateCubic(line, at, stop, out);
      } else {
        evaluateAny(line, at, stop, out);
      }
      at = stop;
    }
  }

  private void evaluateCubic(double[] line, int from, int to, double[] out) {
    int k = first[from];
    double c0 = line[k];
    double c1 = line[k + 1];
    double c2 = line[k + 2];
    double c3 = line[k + 3];
    double[] w0 = weights[0];
    double[] w1 = weights[1];
    double[] w2 = weights[2];
    double[] w3 = weights[3];
    for (int i = from; i < to; i++) {
      out[i] = c0 * w0[i] + c1 * w1[i] + c2 * w2[i] + c3 * w3[i];
    }
  }

  private void evaluateAny(double[] line, int from, int to, double[] out) {
    int k = first[from];
    Arrays.fill(out, from, to, 0);
    for (int tap = 0; tap < weights.length; tap++) {
      double c = line[k + tap];
      double[] w = weights[tap];
      for (int i = from; i < to; i++) {
        out[i] += c * w[i];
      }
    }
  }

  /**
   * The transpose of {@link #evaluate}: adds weighted samples to control points.
   *
   * @param values of the samples, that of sample {@code from} at index {@code offset}
   * @param offset into the values
   * @param from first sample
   * @param to after the last sample
   * @param sums per control point, from index {@code base} on
   * @param base into the sums
   */
  void collect(double[] values, int offset, int from, int to, double[] sums, int base) {
    int shift = offset - from;
    for (int at = from; at < to; ) {
      int stop = Math.min(to, end[at]);
      int k = base + first[at];
      if (weights.length == 4) {
        collectCubic(values, shift, at, stop, sums, k);
      } else {
        collectAny(values, shift, at, stop, sums, k);
      }
      at = stop;
    }
  }

  private void collectCubic(double[] values, int shift, int from, int to, double[] sums, int k) {
    double[] w0 = weights[0];
    double[] w1 = weights[1];
    double[] w2 = weights[2];
    double[] w3 = weights[3];
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    for (int i = from; i < to; i++) {
      double value = values[i + shift];
      s0 += value * w0[i];
      s1 += value * w1[i];
      s2 += value * w2[i];
      s3 += value * w3[i];
    }
    sums[k] += s0;
    sums[k + 1] += s1;
    sums[k + 2] += s2;
    sums[k + 3] += s3;
  }

  private void collectAny(double[] values, int shift, int from, int to, double[] sums, int k) {
    for (int tap = 0; tap < weights.length; tap++) {
      double[] w = weights[tap];
      double sum = 0;
      for (int i = from; i < to; i++) {
        sum += values[i + shift] * w[i];
      }
      sums[k + tap] += sum;
    }
  }
}
