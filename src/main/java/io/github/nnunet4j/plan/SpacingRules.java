package io.github.nnunet4j.plan;

import io.github.nnunet4j.fingerprint.Fingerprint;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.internal.Percentiles;
import java.util.stream.IntStream;

/** Target spacings of nnU-Net v2. */
public final class SpacingRules {
  private static final double ANISOTROPY = 3;

  private SpacingRules() {}

  /**
   * nnU-Net's default: the median spacing; for an axis of more than three times the spacing and
   * less than a third of the voxels of the others its 10 % percentile, but not finer than the
   * others.
   *
   * @return the rule
   */
  public static SpacingRule median() {
    return new Median();
  }

  /**
   * A spacing that is always the same ({@code overwrite_target_spacing}).
   *
   * @param spacing rank 3, in the axis order of the images
   * @return the rule
   */
  public static SpacingRule fixed(Spacing spacing) {
    return new Fixed(spacing);
  }

  private record Fixed(Spacing spacing) implements SpacingRule {
    @Override
    public Spacing target(Fingerprint fingerprint) {
      return spacing;
    }
  }

  private record Median() implements SpacingRule {
    @Override
    public Spacing target(Fingerprint fingerprint) {
      double[] target = new double[3];
      double[] size = new double[3];
      for (int axis = 0; axis < 3; axis++) {
        int a = axis;
        target[a] = Percentiles.of(spacings(fingerprint, a), 50);
        size[a] =
            Percentiles.of(fingerprint.extents().stream().mapToDouble(e -> e.get(a)).toArray(), 50);
      }
      int worst = worst(target);
      int[] others = IntStream.range(0, 3).filter(a -> a != worst).toArray();
      double coarsest = Math.max(target[others[0]], target[others[1]]);
      double fewest = Math.min(size[others[0]], size[others[1]]);
      if (target[worst] > ANISOTROPY * coarsest && size[worst] * ANISOTROPY < fewest) {
        double fine = Percentiles.of(spacings(fingerprint, worst), 10);
        // the epsilon keeps this axis the one of the largest spacing
        target[worst] = fine < coarsest ? Math.max(coarsest, fine) + 1e-5 : fine;
      }
      return Spacing.millimetres(target);
    }

    private static double[] spacings(Fingerprint fingerprint, int axis) {
      return fingerprint.spacings().stream().mapToDouble(s -> s.get(axis)).toArray();
    }
  }

  /** The first axis of the largest spacing. */
  static int worst(double[] spacing) {
    int worst = 0;
    for (int axis = 1; axis < spacing.length; axis++) {
      if (spacing[axis] > spacing[worst]) {
        worst = axis;
      }
    }
    return worst;
  }
}
