package io.github.nnunet4j.augment;

/**
 * Mean, standard deviation and range of many floats, summed in double precision.
 *
 * @param mean the mean
 * @param deviation standard deviation with n - 1 in the denominator; NaN for a single value
 * @param least smallest value
 * @param greatest largest value
 */
record Moments(double mean, double deviation, float least, float greatest) {
  static Moments of(float[] values) {
    float shift = values[0];
    double sum0 = 0;
    double sum1 = 0;
    double square0 = 0;
    double square1 = 0;
    float least = shift;
    float greatest = shift;
    // the first value is the shift and adds nothing, so that an even number is left
    for (int i = values.length & 1; i < values.length; i += 2) {
      float a = values[i];
      float b = values[i + 1];
      if (a < least) {
        least = a;
      }
      if (b < least) {
        least = b;
      }
      if (a > greatest) {
        greatest = a;
      }
      if (b > greatest) {
        greatest = b;
      }
      double da = a - shift;
      double db = b - shift;
      sum0 += da;
      sum1 += db;
      square0 += da * da;
      square1 += db * db;
    }
    double n = values.length;
    double sum = sum0 + sum1;
    double variance = Math.max(0, (square0 + square1 - sum * sum / n) / (n - 1));
    return new Moments(shift + sum / n, Math.sqrt(variance), least, greatest);
  }
}
