package io.github.nnunet4j.preprocess;

import java.util.Arrays;

/**
 * Sharpens a histogram of log intensities: takes it for the true histogram blurred by a Gaussian,
 * the bias field's, restores it with Wiener's filter and asks what true value is expected behind
 * each observed one (Sled, Zijdenbos and Evans 1998, section II-C; Tustison et al. 2010).
 * Immutable.
 */
final class HistogramSharpening {
  private final int bins;
  private final int padded;
  private final double width;
  private final double noise;
  private final Fourier fourier;

  /**
   * A sharpening.
   *
   * @param bins of the histogram, at least 2
   * @param width full width at half maximum of the Gaussian, in log intensity
   * @param noise of Wiener's filter
   */
  HistogramSharpening(int bins, double width, double noise) {
    this.bins = bins;
    this.width = width;
    this.noise = noise;
    padded = 4 * Integer.highestOneBit(bins - 1);
    fourier = new Fourier(padded);
  }

  /**
   * What to subtract from the log intensity at the bin centres to come to the expected true one.
   *
   * @param histogram counts per bin
   * @param slope log intensity from bin to bin
   * @return observed minus expected, per bin
   */
  double[] residuals(double[] histogram, double slope) {
    double[] gaussian = gaussian(slope);
    double[] sharp = restore(histogram, gaussian);
    int offset = (padded - bins) / 2;
    double[] out = new double[bins];
    int first = 0;
    int end = padded;
    while (first < end && sharp[first] == 0) {
      first++;
    }
    while (end > first && sharp[end - 1] == 0) {
      end--;
    }
    for (int bin = 0; bin < bins; bin++) {
      out[bin] = slope * distance(sharp, gaussian, first, end, bin + offset);
    }
    return out;
  }

  /**
   * How far the expected true value lies below a bin, in bins. All factors are positive, so the
   * mean is one also where hardly anything was observed; transforms would leave rounding noise
   * divided by rounding noise there. Where nothing at all is near, observed is taken for true.
   */
  private double distance(double[] sharp, double[] gaussian, int from, int to, int bin) {
    double sum = 0;
    double moment = 0;
    for (int m = from; m < to; m++) {
      double w = sharp[m] * gaussian[(bin - m) & (padded - 1)];
      sum += w;
      moment += (bin - m) * w;
    }
    return sum > 0 ? moment / sum : 0;
  }

  /** The blur between bins, as a period. */
  private double[] gaussian(double slope) {
    double scaled = width / slope;
    double factor = 4 * Math.log(2) / (scaled * scaled);
    double height = 2 * Math.sqrt(Math.log(2) / Math.PI) / scaled;
    double[] out = new double[padded];
    for (int n = 0; n <= padded / 2; n++) {
      out[n] = height * Math.exp(-factor * n * n);
      out[(padded - n) & (padded - 1)] = out[n];
    }
    return out;
  }

  private double[] restore(double[] histogram, double[] gaussian) {
    double[] blur = gaussian.clone();
    fourier.forward(blur, new double[padded]);
    double[] real = new double[padded];
    double[] imaginary = new double[padded];
    System.arraycopy(histogram, 0, real, (padded - bins) / 2, bins);
    fourier.forward(real, imaginary);
    for (int k = 0; k < padded; k++) {
      double wiener = blur[k] / (blur[k] * blur[k] + noise);
      real[k] *= wiener;
      imaginary[k] *= wiener;
    }
    fourier.inverse(real, imaginary);
    Arrays.setAll(real, n -> Math.max(0, real[n]));
    return real;
  }
}
