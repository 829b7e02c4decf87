package io.github.nnunet4j.augment;

/**
 * Powers of numbers from 0 to 1 with one fixed positive exponent. The power of the float's exponent
 * comes from one table, that of its mantissa by linear interpolation from another; the relative
 * error is below 3e-7 for exponents up to 2.
 */
final class FastPower {
  private static final int BITS = 10;
  private static final int STEPS = 1 << BITS;
  private static final int REST = 23 - BITS;
  private static final float REST_SCALE = 0x1p-13f;

  private final float[] ofExponent = new float[256];
  private final float[] ofMantissa = new float[STEPS];
  private final float[] slope = new float[STEPS];

  FastPower(double gamma) {
    // Index 0 holds zero and the subnormal numbers: both become 0.
    for (int e = 1; e < 255; e++) {
      ofExponent[e] = (float) Math.pow(2, (e - 127) * gamma);
    }
    double value = 1;
    for (int m = 0; m < STEPS; m++) {
      double next = Math.pow(1 + (m + 1.0) / STEPS, gamma);
      ofMantissa[m] = (float) value;
      slope[m] = (float) ((next - value) * REST_SCALE);
      value = next;
    }
  }

  float of(float t) {
    int bits = Float.floatToRawIntBits(t);
    int m = bits >>> REST & (STEPS - 1);
    int rest = bits & ((1 << REST) - 1);
    return ofExponent[bits >>> 23 & 255] * (ofMantissa[m] + rest * slope[m]);
  }

  /**
   * Overwrites each value by the power of {@code (value - start) * scale}.
   *
   * @return mean and standard deviation (n - 1) of the powers; range 0 to 1
   */
  Moments apply(float[] values, float start, float scale) {
    double sum = 0;
    double square = 0;
    for (int i = 0; i < values.length; i++) {
      float power = of((values[i] - start) * scale);
      values[i] = power;
      sum += power;
      square += (double) power * power;
    }
    double n = values.length;
    double variance = Math.max(0, (square - sum * sum / n) / (n - 1));
    return new Moments(sum / n, Math.sqrt(variance), 0, 1);
  }
}
