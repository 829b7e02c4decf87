package io.github.nnunet4j.plan;

import io.github.nnunet4j.fingerprint.Fingerprint;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.internal.Percentiles;
import java.util.stream.IntStream;

/** Target spacings of nnU-Net v2 and v1. */
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
    return new Median(Thick.AS_FINE_AS_THE_OTHERS);
  }

  /**
   * The median spacing of each axis, whatever the others: nnU-Net v1's 2D planners and {@code
   * ExperimentPlanner}.
   *
   * @return the rule
   */
  public static SpacingRule plainMedian() {
    return new PlainMedian();
  }

  /**
   * {@link #median()}, but a thick axis stays at least three times as coarse as the others ({@code
   * ExperimentPlanner3D_v22}).
   *
   * @return the rule
   */
  public static SpacingRule medianKeepingAnisotropy() {
    return new Median(Thick.ANISOTROPIC);
  }

  /**
   * {@link #median()} with the slips of {@code ExperimentPlannerTargetSpacingForAnisoAxis}: a thick
   * axis may become finer than the others, and its voxels are compared with the larger of the
   * others.
   *
   * @return the rule
   */
  public static SpacingRule medianUnclamped() {
    return new Median(Thick.UNCLAMPED);
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

  /** What becomes of the 10 % percentile of a thick axis. */
  private enum Thick {
    AS_FINE_AS_THE_OTHERS,
    ANISOTROPIC,
    UNCLAMPED;

    double spacing(double fine, double coarsest) {
      return switch (this) {
        // the epsilon keeps this axis the one of the largest spacing
        case AS_FINE_AS_THE_OTHERS -> fine < coarsest ? coarsest + 1e-5 : fine;
        case ANISOTROPIC -> Math.max(coarsest * ANISOTROPY, fine);
        case UNCLAMPED -> fine;
      };
    }
  }

  private record PlainMedian() implements SpacingRule {
    @Override
    public Spacing target(Fingerprint fingerprint) {
      return Spacing.millimetres(3, axis -> percentile(fingerprint, axis, 50));
    }
  }

  private record Median(Thick thick) implements SpacingRule {
    @Override
    public Spacing target(Fingerprint fingerprint) {
      double[] target = new double[3];
      double[] size = new double[3];
      for (int axis = 0; axis < 3; axis++) {
        int a = axis;
        target[a] = percentile(fingerprint, a, 50);
        size[a] =
            Percentiles.of(fingerprint.extents().stream().mapToDouble(e -> e.get(a)).toArray(), 50);
      }
      int worst = worst(target);
      int[] others = IntStream.range(0, 3).filter(a -> a != worst).toArray();
      double coarsest = Math.max(target[others[0]], target[others[1]]);
      double compared =
          thick == Thick.UNCLAMPED
              ? Math.max(size[others[0]], size[others[1]])
              : Math.min(size[others[0]], size[others[1]]);
      if (target[worst] > ANISOTROPY * coarsest && size[worst] * ANISOTROPY < compared) {
        target[worst] = thick.spacing(percentile(fingerprint, worst, 10), coarsest);
      }
      return Spacing.millimetres(target);
    }
  }

  private static double percentile(Fingerprint fingerprint, int axis, double q) {
    return Percentiles.of(
        fingerprint.spacings().stream().mapToDouble(s -> s.get(axis)).toArray(), q);
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
