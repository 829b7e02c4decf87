package io.github.nnunet4j.plan;

import java.util.OptionalInt;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;

/**
 * Finds the largest of growing candidates that fits into a limit, from below. Measuring a candidate
 * takes the memory that it needs, so none is measured that the smaller ones say is much too large:
 * the next one is where the line through the last two measurements meets the limit. The result does
 * not depend on the way there if larger candidates never take less: it fits, and the next larger
 * one was measured not to.
 *
 * @param count of candidates, from the smallest to the largest
 * @param size of a candidate in any unit, growing
 * @param bytes of a candidate, as measured
 * @param accepts whether a candidate of so many bytes fits
 */
record LargestFit(
    int count, IntToDoubleFunction size, IntToLongFunction bytes, Acceptance accepts) {
  /** No measurement goes further beyond the last one than by this factor in size. */
  private static final double BOLDEST = 4;

  /** Says whether a candidate fits. */
  @FunctionalInterface
  interface Acceptance {
    boolean fits(int index, long bytes);
  }

  /**
   * The index of the largest candidate that fits.
   *
   * @param limit about how many bytes are accepted; only a hint of how far to go
   * @return empty if not even the first one fits
   */
  OptionalInt find(long limit) {
    if (count == 0) {
      return OptionalInt.empty();
    }
    Measured before = new Measured(0, 0);
    Measured last = measure(0);
    if (!accepts.fits(0, last.bytes)) {
      return OptionalInt.empty();
    }
    int fits = 0;
    int tooLarge = count;
    while (fits + 1 < tooLarge) {
      int next =
          tooLarge == count
              ? guess(fits, bound(before, last, limit))
              : fits + (tooLarge - fits) / 2;
      Measured measured = measure(next);
      if (accepts.fits(next, measured.bytes)) {
        fits = next;
        before = last;
        last = measured;
      } else {
        tooLarge = next;
      }
    }
    return OptionalInt.of(fits);
  }

  private record Measured(double size, long bytes) {}

  private Measured measure(int index) {
    return new Measured(size.applyAsDouble(index), bytes.applyAsLong(index));
  }

  /** The size that should just fit; memory that does not grow says nothing. */
  private static double bound(Measured before, Measured last, long limit) {
    double rise = (double) (last.bytes - before.bytes);
    double far = BOLDEST * last.size;
    double room = (double) (limit - last.bytes);
    return rise > 0 ? Math.min(far, last.size + room * (last.size - before.size) / rise) : far;
  }

  /** The largest candidate up to that size, but at least one further. */
  private int guess(int fits, double bound) {
    int next = fits + 1;
    while (next + 1 < count && size.applyAsDouble(next + 1) <= bound) {
      next++;
    }
    return next;
  }
}
