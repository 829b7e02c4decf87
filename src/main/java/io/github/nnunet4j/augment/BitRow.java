package io.github.nnunet4j.augment;

/** A row of bits, one per voxel, with room on either side. */
final class BitRow {
  private static final int WORD = 64;

  private BitRow() {}

  static int words(int bits) {
    return (bits + WORD - 1) / WORD;
  }

  static void set(long[] row, int bit) {
    row[bit >> 6] |= 1L << bit;
  }

  static boolean get(long[] row, int bit) {
    return (row[bit >> 6] >>> bit & 1) != 0;
  }

  /** Bit x of the target becomes bit x + by of the source, 0 beyond the ends. */
  static void shift(long[] source, int by, long[] target) {
    int words = Math.floorDiv(by, WORD);
    int bits = by - words * WORD;
    for (int i = 0; i < target.length; i++) {
      long low = word(source, i + words);
      target[i] = bits == 0 ? low : low >>> bits | word(source, i + words + 1) << (WORD - bits);
    }
  }

  private static long word(long[] row, int i) {
    return i >= 0 && i < row.length ? row[i] : 0;
  }

  /** Bit x becomes the disjunction of bits x + low to x + high - 1 of the source. */
  static void spread(long[] source, int low, int high, long[] target, long[] spare) {
    shift(source, low, target);
    int length = high - low;
    for (int covered = 1; covered < length; ) {
      int step = Math.min(covered, length - covered);
      shift(target, step, spare);
      or(spare, target);
      covered += step;
    }
  }

  static void or(long[] source, long[] target) {
    for (int i = 0; i < target.length; i++) {
      target[i] |= source[i];
    }
  }
}
