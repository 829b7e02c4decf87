package io.github.nnunet4j.train;

import java.util.List;

/**
 * Makes the weights of a convolution fit another one: one input channel becomes several that
 * together do what it did, and kernels are averaged along the axes that the other lacks.
 *
 * @param from shape (outputs, inputs, [z,] y, x)
 * @param to shape (outputs, inputs, [z,] y, x)
 */
record KernelFit(List<Long> from, List<Long> to) {
  private static final int AXES = 2;

  /** Whether it can be done; kernels of other extents only if they may shrink. */
  static boolean isPossible(List<Long> from, List<Long> to, boolean shrinking) {
    if (from.size() != to.size() || from.size() < AXES + 2 || !from.get(0).equals(to.get(0))) {
      return false;
    }
    boolean possible = from.get(1).equals(to.get(1)) || from.get(1) == 1;
    for (int a = AXES; a < from.size(); a++) {
      possible &= from.get(a).equals(to.get(a)) || (shrinking && to.get(a) == 1);
    }
    return possible;
  }

  /** The other convolution's weights, row-major. */
  float[] of(float[] values) {
    return repeated(averaged(values));
  }

  /** Averages an axis at a time, all kernels at once. */
  private double[] averaged(float[] values) {
    double[] now = new double[values.length];
    for (int i = 0; i < now.length; i++) {
      now[i] = values[i];
    }
    int inner = 1; // voxels of the axes behind, which are as they will be
    for (int a = from.size() - 1; a >= AXES; a--) {
      int extent = Math.toIntExact(from.get(a));
      if (to.get(a) != extent) {
        now = averaged(now, extent, inner);
      } else {
        inner *= extent;
      }
    }
    return now;
  }

  private static double[] averaged(double[] values, int extent, int inner) {
    double[] out = new double[values.length / extent];
    for (int i = 0; i < out.length; i++) {
      int first = i / inner * extent * inner + i % inner;
      for (int k = 0; k < extent; k++) {
        out[i] += values[first + k * inner] / extent;
      }
    }
    return out;
  }

  private float[] repeated(double[] values) {
    int times = from.get(1).equals(to.get(1)) ? 1 : Math.toIntExact(to.get(1));
    int kernel = times == 1 ? values.length : values.length / Math.toIntExact(from.get(0));
    float[] out = new float[Math.multiplyExact(values.length, times)];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) (values[i / (kernel * times) * kernel + i % kernel] / times);
    }
    return out;
  }
}
