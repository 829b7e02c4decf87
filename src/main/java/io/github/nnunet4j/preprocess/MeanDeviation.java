package io.github.nnunet4j.preprocess;

/** Mean and population standard deviation in double precision; 0 and 0 of nothing. */
record MeanDeviation(double mean, double standardDeviation) {
  private static final int LANES = 8;

  static MeanDeviation of(float[] values) {
    int whole = values.length - values.length % LANES;
    double[] sums = new double[LANES];
    for (int i = 0; i < whole; i += LANES) {
      for (int lane = 0; lane < LANES; lane++) {
        sums[lane] += values[i + lane];
      }
    }
    for (int i = whole; i < values.length; i++) {
      sums[0] += values[i];
    }
    double mean = total(sums) / Math.max(1, values.length);
    sums = new double[LANES];
    for (int i = 0; i < whole; i += LANES) {
      for (int lane = 0; lane < LANES; lane++) {
        double d = values[i + lane] - mean;
        sums[lane] += d * d;
      }
    }
    for (int i = whole; i < values.length; i++) {
      double d = values[i] - mean;
      sums[0] += d * d;
    }
    return new MeanDeviation(mean, Math.sqrt(total(sums) / Math.max(1, values.length)));
  }

  static MeanDeviation of(float[] values, boolean[] inside) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      if (inside[i]) {
        sum += values[i];
        count++;
      }
    }
    double mean = sum / Math.max(1, count);
    double squares = 0;
    for (int i = 0; i < values.length; i++) {
      if (inside[i]) {
        double d = values[i] - mean;
        squares += d * d;
      }
    }
    return new MeanDeviation(mean, Math.sqrt(squares / Math.max(1, count)));
  }

  private static double total(double[] sums) {
    double total = 0;
    for (double sum : sums) {
      total += sum;
    }
    return total;
  }
}
