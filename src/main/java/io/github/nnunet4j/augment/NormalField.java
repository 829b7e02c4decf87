package io.github.nnunet4j.augment;

/**
 * A stream of standard normal numbers by the ziggurat method (Marsaglia and Tsang, 2000) with 256
 * layers on top of the SplitMix64 sequence; two numbers from each 64 random bits. About three times
 * as fast as {@code nextGaussian} of the JDK, which matters with millions of voxels.
 */
final class NormalField {
  private static final int LAYERS = 256;
  private static final double TAIL = 3.654152885361009;
  private static final double AREA = 0.00492867323399;
  private static final int BLOCK = 1024;
  private static final long STEP = 0x9e3779b97f4a7c15L;
  private static final double UNIT = 1 << 23;

  /** Below this magnitude a 24 bit number needs no further test, per layer. */
  private static final int[] INSIDE = new int[LAYERS];

  /** Width of the layer over 2^23. */
  private static final float[] WIDTH = new float[LAYERS];

  /** Density at the outer edge of the layer. */
  private static final double[] DENSITY = new double[LAYERS];

  static {
    double x = TAIL;
    double density = Math.exp(-0.5 * x * x);
    double base = AREA / density;
    INSIDE[0] = (int) (x / base * UNIT);
    WIDTH[0] = (float) (base / UNIT);
    DENSITY[0] = 1;
    DENSITY[LAYERS - 1] = density;
    WIDTH[LAYERS - 1] = (float) (x / UNIT);
    for (int i = LAYERS - 2; i >= 1; i--) {
      double next = Math.sqrt(-2 * Math.log(AREA / x + Math.exp(-0.5 * x * x)));
      INSIDE[i + 1] = (int) (next / x * UNIT);
      WIDTH[i] = (float) (next / UNIT);
      DENSITY[i] = Math.exp(-0.5 * next * next);
      x = next;
    }
    INSIDE[1] = 0;
  }

  private final float[] block = new float[BLOCK];
  private long state;

  NormalField(long seed) {
    this.state = seed;
  }

  /** Adds the next numbers, times the deviation, to the values. */
  void addTo(float[] values, float deviation) {
    for (int from = 0; from < values.length; from += BLOCK) {
      int count = Math.min(BLOCK, values.length - from);
      fill();
      for (int i = 0; i < count; i++) {
        values[from + i] += deviation * block[i];
      }
    }
  }

  private void fill() {
    float[] out = block;
    long s = state;
    for (int i = 0; i < BLOCK; i += 2) {
      s += STEP;
      long bits = mix(s);
      int a = (int) bits;
      int b = (int) (bits >>> 32);
      int la = a & (LAYERS - 1);
      int lb = b & (LAYERS - 1);
      int ma = a >> 8;
      int mb = b >> 8;
      out[i] = ma * WIDTH[la];
      out[i + 1] = mb * WIDTH[lb];
      // Both differences are negative, and so is their conjunction, in 98 of 100 cases.
      if (((Math.abs(ma) - INSIDE[la]) & (Math.abs(mb) - INSIDE[lb])) >= 0) {
        state = s;
        out[i] = outer(la, ma);
        out[i + 1] = outer(lb, mb);
        s = state;
      }
    }
    state = s;
  }

  /** The slow part: the wedge between two layers, or the tail. */
  private float outer(int layer, int magnitude) {
    int l = layer;
    int m = magnitude;
    while (true) {
      if (Math.abs(m) < INSIDE[l]) {
        return m * WIDTH[l];
      }
      if (l == 0) {
        return m < 0 ? -tail() : tail();
      }
      float x = m * WIDTH[l];
      double below = DENSITY[l];
      if (below + uniform() * (DENSITY[l - 1] - below) < Math.exp(-0.5 * x * x)) {
        return x;
      }
      int bits = (int) next();
      l = bits & (LAYERS - 1);
      m = bits >> 8;
    }
  }

  private float tail() {
    double x;
    double y;
    do {
      x = -Math.log(uniform()) / TAIL;
      y = -Math.log(uniform());
    } while (y + y < x * x);
    return (float) (TAIL + x);
  }

  private long next() {
    state += STEP;
    return mix(state);
  }

  /** In (0, 1]. */
  private double uniform() {
    return ((next() >>> 11) + 1) * 0x1p-53;
  }

  private static long mix(long z) {
    long m = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    m = (m ^ (m >>> 27)) * 0x94d049bb133111ebL;
    return m ^ (m >>> 31);
  }
}
