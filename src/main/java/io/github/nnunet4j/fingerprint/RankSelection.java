package io.github.nnunet4j.fingerprint;

import java.util.Arrays;

/**
 * Exact order statistics of a sequence that can be gone through twice but is too long to be sorted:
 * first a histogram of the upper 16 bits of each float, then of the lower 16 bits where the wanted
 * ranks lie. Counts from several threads are added up.
 */
final class RankSelection {
  private static final int BUCKETS = 1 << 16;

  private final long[] ranks;
  private final long[] coarse = new long[BUCKETS];
  private final int[] bucketOf;
  private final long[] rest;
  private final short[] slotOf = new short[BUCKETS];
  private int slots;
  private long[] fine = new long[0];

  /**
   * A selection.
   *
   * @param ranks wanted positions in the sorted sequence, from 0
   */
  RankSelection(long... ranks) {
    this.ranks = ranks;
    bucketOf = new int[ranks.length];
    rest = new long[ranks.length];
    Arrays.fill(slotOf, (short) -1);
  }

  /** The size of a thread's own counts in the coming pass. */
  int tallySize() {
    return slots == 0 ? BUCKETS : slots * BUCKETS;
  }

  /** Counts values in a thread's own counts. */
  void count(double[] values, int n, long[] tally) {
    if (slots == 0) {
      for (int i = 0; i < n; i++) {
        tally[key((float) values[i]) >>> 16]++;
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      int key = key((float) values[i]);
      int slot = slotOf[key >>> 16];
      if (slot >= 0) {
        tally[slot << 16 | (key & 0xffff)]++;
      }
    }
  }

  /** Adds a thread's counts of the first pass. */
  void addCoarse(long[] tally) {
    for (int i = 0; i < BUCKETS; i++) {
      coarse[i] += tally[i];
    }
  }

  /** Ends the first pass. */
  void refine() {
    for (int r = 0; r < ranks.length; r++) {
      long left = ranks[r];
      int bucket = 0;
      while (left >= coarse[bucket]) {
        left -= coarse[bucket++];
      }
      bucketOf[r] = bucket;
      rest[r] = left;
      if (slotOf[bucket] < 0) {
        slotOf[bucket] = (short) slots++;
      }
    }
    fine = new long[slots * BUCKETS];
  }

  /** Adds a thread's counts of the second pass. */
  void addFine(long[] tally) {
    for (int i = 0; i < fine.length; i++) {
      fine[i] += tally[i];
    }
  }

  /** The value at the rank of that position in the constructor's list. */
  float value(int r) {
    int bucket = bucketOf[r];
    int offset = slotOf[bucket] * BUCKETS;
    long left = rest[r];
    int low = 0;
    while (left >= fine[offset + low]) {
      left -= fine[offset + low++];
    }
    return fromKey(bucket << 16 | low);
  }

  /** An int whose unsigned order is the order of the floats; both zeros are one. */
  private static int key(float value) {
    int bits = Float.floatToRawIntBits(value + 0f);
    return bits ^ ((bits >> 31) | Integer.MIN_VALUE);
  }

  private static float fromKey(int key) {
    return Float.intBitsToFloat(key < 0 ? key ^ Integer.MIN_VALUE : ~key);
  }
}
