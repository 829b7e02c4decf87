package io.github.nnunet4j.plan;

import io.github.nnunet4j.fingerprint.Fingerprint;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.internal.Percentiles;
import java.util.stream.IntStream;

/** The median cases of nnU-Net. */
public final class SizeRules {
  private SizeRules() {}

  /**
   * nnU-Net v2's: each case is rounded, half to even; a median that ends in a half stays so.
   *
   * @return the rule
   */
  public static SizeRule roundedCases() {
    return new RoundedCases();
  }

  /**
   * nnU-Net v1's: the median of unrounded sizes, rounded for each stage, half to even.
   *
   * @return the rule
   */
  public static SizeRule roundedMedian() {
    return new RoundedMedian();
  }

  private static MedianSize median(Fingerprint fingerprint, Spacing target, boolean cases) {
    return new MedianSize(
        IntStream.range(0, 3)
            .mapToObj(axis -> Percentiles.median(sizes(fingerprint, target, axis, cases)))
            .toList(),
        !cases,
        !cases);
  }

  private static double[] sizes(Fingerprint fingerprint, Spacing target, int axis, boolean round) {
    return IntStream.range(0, fingerprint.extents().size())
        .mapToDouble(
            i ->
                fingerprint.spacings().get(i).get(axis)
                    / target.get(axis)
                    * fingerprint.extents().get(i).get(axis))
        .map(size -> round ? Math.rint(size) : size)
        .toArray();
  }

  private record RoundedCases() implements SizeRule {
    @Override
    public MedianSize median(Fingerprint fingerprint, Spacing target) {
      return SizeRules.median(fingerprint, target, true);
    }
  }

  private record RoundedMedian() implements SizeRule {
    @Override
    public MedianSize median(Fingerprint fingerprint, Spacing target) {
      return SizeRules.median(fingerprint, target, false);
    }
  }
}
