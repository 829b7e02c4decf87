package io.github.nnunet4j.preprocess;

/**
 * The discrete Fourier transform of one short signal whose length is a power of two, in place
 * (Cooley and Tukey 1965, decimation in time). Immutable: it holds the twiddle factors alone.
 */
final class Fourier {
  private final int length;
  private final double[] cosines;
  private final double[] sines;

  /** A transform of the given length, a power of two. */
  Fourier(int length) {
    this.length = length;
    cosines = new double[Math.max(1, length / 2)];
    sines = new double[cosines.length];
    for (int i = 0; i < cosines.length; i++) {
      cosines[i] = Math.cos(2 * Math.PI * i / length);
      sines[i] = Math.sin(2 * Math.PI * i / length);
    }
  }

  /** Forward: sum over n of s[n] exp(-2 pi i k n / length). */
  void forward(double[] real, double[] imaginary) {
    transform(real, imaginary, -1);
  }

  /** The inverse of {@link #forward}, with the factor 1 / length. */
  void inverse(double[] real, double[] imaginary) {
    transform(real, imaginary, 1);
    for (int i = 0; i < length; i++) {
      real[i] /= length;
      imaginary[i] /= length;
    }
  }

  private void transform(double[] re, double[] im, int sign) {
    reverseBits(re, im);
    for (int half = 1; half < length; half *= 2) {
      int stride = length / (2 * half);
      for (int start = 0; start < length; start += 2 * half) {
        for (int k = 0; k < half; k++) {
          butterfly(re, im, start + k, half, cosines[k * stride], sign * sines[k * stride]);
        }
      }
    }
  }

  private static void butterfly(
      double[] re, double[] im, int at, int half, double cosine, double sine) {
    int other = at + half;
    double r = re[other] * cosine - im[other] * sine;
    double i = re[other] * sine + im[other] * cosine;
    re[other] = re[at] - r;
    im[other] = im[at] - i;
    re[at] += r;
    im[at] += i;
  }

  private void reverseBits(double[] re, double[] im) {
    int shift = Integer.numberOfLeadingZeros(length) + 1;
    for (int i = 1; i < length; i++) {
      int j = Integer.reverse(i) >>> shift;
      if (i < j) {
        swap(re, i, j);
        swap(im, i, j);
      }
    }
  }

  private static void swap(double[] values, int i, int j) {
    double kept = values[i];
    values[i] = values[j];
    values[j] = kept;
  }
}
