package io.github.nnunet4j.internal;

/**
 * The recursive filter that turns samples into B-spline coefficients, for lines that carry {@link
 * SplineAxis#pad} elements more on either side. The sample line goes on with its edge values for
 * ever, for which both recursions start from a closed form.
 */
public final class Prefilter {
  private Prefilter() {}

  /** Filters across arrays: element {@code from} to {@code to - 1} of each is a line. */
  public static void across(double[][] lines, SplineAxis axis, int from, int to) {
    int last = axis.pad + axis.in - 1;
    for (int p = 1; p <= axis.pad; p++) {
      System.arraycopy(lines[axis.pad], from, lines[axis.pad - p], from, to - from);
      System.arraycopy(lines[last], from, lines[last + p], from, to - from);
    }
    double z = axis.pole;
    if (z == 0) {
      return;
    }
    if (axis.secondPole != 0) {
      MirroredFilter.across(lines, z, from, to);
      MirroredFilter.across(lines, axis.secondPole, from, to);
      return;
    }
    int end = lines.length - 1;
    scale(lines[0], 1 / (1 - z), from, to);
    scale(lines[1], 1 / (1 - z), from, to);
    for (int i = 2; i <= end; i++) {
      forward(lines[i], lines[i - 1], z, from, to);
    }
    turn(lines[end], lines[end - 1], z, from, to);
    for (int i = end - 1; i >= 0; i--) {
      backward(lines[i], lines[i + 1], z, from, to);
    }
  }

  /** Filters one padded line whose samples stand in the middle. */
  public static void along(double[] line, SplineAxis axis) {
    int last = axis.pad + axis.in - 1;
    for (int p = 1; p <= axis.pad; p++) {
      line[axis.pad - p] = line[axis.pad];
      line[last + p] = line[last];
    }
    double z = axis.pole;
    if (z == 0) {
      return;
    }
    if (axis.secondPole != 0) {
      MirroredFilter.along(line, z);
      MirroredFilter.along(line, axis.secondPole);
      return;
    }
    int end = last + axis.pad;
    double previous = line[0] / (1 - z);
    line[0] = previous;
    line[1] = previous;
    for (int i = 2; i <= end; i++) {
      previous = line[i] + z * previous;
      line[i] = previous;
    }
    double next = turn(line[end], line[end - 1], z);
    line[end] = next;
    for (int i = end - 1; i >= 0; i--) {
      next = z * (next - line[i]);
      line[i] = next;
    }
  }

  private static void scale(double[] line, double factor, int from, int to) {
    for (int j = from; j < to; j++) {
      line[j] *= factor;
    }
  }

  private static void forward(double[] line, double[] previous, double z, int from, int to) {
    for (int j = from; j < to; j++) {
      line[j] += z * previous[j];
    }
  }

  private static void backward(double[] line, double[] next, double z, int from, int to) {
    for (int j = from; j < to; j++) {
      line[j] = z * (next[j] - line[j]);
    }
  }

  private static void turn(double[] line, double[] previous, double z, int from, int to) {
    for (int j = from; j < to; j++) {
      line[j] = turn(line[j], previous[j], z);
    }
  }

  /** The last coefficient, from the last two values of the forward recursion. */
  private static double turn(double value, double previous, double z) {
    double settled = (value - z * previous) / (1 - z);
    return -z * (settled / (1 - z) + (value - settled) / (1 - z * z));
  }
}
