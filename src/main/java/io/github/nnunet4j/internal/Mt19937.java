package io.github.nnunet4j.internal;

import java.util.Arrays;

/**
 * NumPy's {@code RandomState}: the Mersenne Twister MT19937 seeded by one integer (Matsumoto and
 * Nishimura, ACM TOMACS 8, 1998, with Knuth's initialisation of 2002) and NumPy's ways of drawing
 * from it. Used where nnU-Net's own draws must be met number by number. Not for several threads.
 */
public final class Mt19937 {
  private static final int N = 624;
  private static final int M = 397;
  private static final int UPPER = 0x80000000;
  private static final int LOWER = 0x7fffffff;

  private final int[] state = new int[N];
  private final int[] words = new int[N];
  private int position = N;

  /** The stream of {@code RandomState(seed)}; the seed is 0 to 2^32 - 1. */
  public Mt19937(long seed) {
    Checks.argument(seed >>> 32 == 0, "a seed lies within 0 and 4294967295, was %d", seed);
    state[0] = (int) seed;
    for (int i = 1; i < N; i++) {
      state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
    }
  }

  /** The next 32 bits. */
  public int nextWord() {
    if (position == N) {
      refill();
    }
    return words[position++];
  }

  private void refill() {
    for (int i = 0; i < N - M; i++) {
      state[i] = mixed(state[i], state[i + 1], state[i + M]);
    }
    for (int i = N - M; i < N - 1; i++) {
      state[i] = mixed(state[i], state[i + 1], state[i + M - N]);
    }
    state[N - 1] = mixed(state[N - 1], state[0], state[M - 1]);
    for (int i = 0; i < N; i++) {
      int y = state[i];
      y ^= y >>> 11;
      y ^= (y << 7) & 0x9d2c5680;
      y ^= (y << 15) & 0xefc60000;
      words[i] = y ^ (y >>> 18);
    }
    position = 0;
  }

  private static int mixed(int current, int next, int far) {
    int y = (current & UPPER) | (next & LOWER);
    return far ^ (y >>> 1) ^ (-(y & 1) & 0x9908b0df);
  }

  /** A double of 53 random bits, at least 0 and below 1; takes two words. */
  public double nextDouble() {
    int high = nextWord() >>> 5;
    int low = nextWord() >>> 6;
    return (high * 0x1p26 + low) / 0x1p53;
  }

  /**
   * An integer of 0 to {@code max}, both included, by rejection under a bit mask. Takes no word if
   * there is only one choice; one word per try up to 2^32 - 1; beyond that two, the high half
   * first.
   */
  public long nextUpTo(long max) {
    Checks.argument(max >= 0, "the largest value must not be negative, was %d", max);
    if (max == 0) {
      return 0;
    }
    long mask = -1L >>> Long.numberOfLeadingZeros(max);
    boolean wide = max >>> 32 != 0;
    while (true) {
      long word = nextWord() & 0xffffffffL;
      long bits = wide ? word << 32 | (nextWord() & 0xffffffffL) : word;
      long value = bits & mask;
      if (value <= max) {
        return value;
      }
    }
  }

  /** An index of 0 to {@code n} - 1, as {@code randint(n)}. */
  public int nextIndex(int n) {
    int max = Checks.positive(n, "number of choices") - 1;
    if (max == 0) {
      return 0;
    }
    int mask = -1 >>> Integer.numberOfLeadingZeros(max);
    int value;
    do {
      value = nextWord() & mask;
    } while (value > max);
    return value;
  }

  /** Shuffles in place: from the last element down, each is swapped with one of 0 to itself. */
  public void shuffle(int[] values) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = nextIndex(i + 1);
      int swap = values[i];
      values[i] = values[j];
      values[j] = swap;
    }
  }

  /** The numbers 0 to {@code n} - 1, shuffled. */
  public int[] permutation(int n) {
    int[] values = new int[Checks.notNegative(n, "length")];
    for (int i = 0; i < n; i++) {
      values[i] = i;
    }
    shuffle(values);
    return values;
  }

  /** {@code k} different indices below {@code n}, as {@code choice(n, k, replace=False)}. */
  public int[] chooseDistinct(int n, int k) {
    Checks.argument(k >= 0 && k <= n, "cannot choose %d different ones of %d", k, n);
    return Arrays.copyOf(permutation(n), k);
  }

  /** {@code k} indices below {@code n}, as {@code choice(n, k, replace=True)}. */
  public int[] choose(int n, int k) {
    int[] values = new int[Checks.notNegative(k, "number of draws")];
    choose(n, values, k);
    return values;
  }

  /** Puts {@code k} indices below {@code n} into {@code out}, as {@link #choose(int, int)}. */
  public void choose(int n, int[] out, int k) {
    int max = Checks.positive(n, "number of choices") - 1;
    if (max == 0) {
      Arrays.fill(out, 0, k, 0);
      return;
    }
    int mask = -1 >>> Integer.numberOfLeadingZeros(max);
    int done = 0;
    while (done < k) {
      if (position == N) {
        refill();
      }
      int stop = Math.min(N, position + k - done);
      for (int i = position; i < stop; i++) {
        int value = words[i] & mask;
        out[done] = value;
        // Whether a draw is rejected cannot be predicted: advance without a branch.
        done += 1 + ((max - value) >> 31);
      }
      position = stop;
    }
  }
}
