package io.github.nnunet4j.plan;

import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.internal.Checks;
import java.util.Arrays;
import java.util.Optional;

/** The low resolutions of nnU-Net v2 and v1. */
public final class LowResolutionRules {
  private static final double QUARTER = 0.25;

  private LowResolutionRules() {}

  /**
   * nnU-Net v2's: a patch sees a quarter of the median case; steps of 3 %; at most half the voxels
   * of full resolution.
   *
   * @return the rule
   */
  public static LowResolutionRule standard() {
    return coarser(QUARTER, 1.03, 2);
  }

  /**
   * A rule as nnU-Net v2's with other numbers. In each step the axes of less than half the largest
   * spacing grow, or all if there are none.
   *
   * @param threshold part of the median case that a patch must see, 0 to 1
   * @param step factor of the spacing, above 1
   * @param gain factor of voxels that the low resolution must save
   * @return the rule
   */
  public static LowResolutionRule coarser(double threshold, double step, double gain) {
    return new Coarser(threshold, step, gain, false);
  }

  /**
   * nnU-Net v1's: a quarter, steps of 1 %, less than half the voxels, counted from rounded sizes.
   *
   * @return the rule
   */
  public static LowResolutionRule v1() {
    return new Coarser(QUARTER, 1.01, 2, true);
  }

  /**
   * Full resolution alone.
   *
   * @return the rule
   */
  public static LowResolutionRule none() {
    return new None();
  }

  private record None() implements LowResolutionRule {
    @Override
    public Optional<StagePlan> find(StageSearch search) {
      return Optional.empty();
    }
  }

  private record Coarser(double threshold, double step, double gain, boolean rounded)
      implements LowResolutionRule {
    Coarser {
      Checks.argument(threshold > 0 && threshold <= 1, "threshold %s", threshold);
      Checks.argument(step > 1, "step %s must be above 1", step);
      Checks.positive(gain, "gain");
    }

    @Override
    public Optional<StagePlan> find(StageSearch search) {
      Optional<StagePlan> low = Optional.empty();
      StagePlan stage = search.full();
      while (stage.seen() < threshold) {
        stage = search.at(coarsen(stage.spacing()));
        low = Optional.of(stage);
      }
      return low.filter(found -> saves(search.full().size(), found.size()));
    }

    private boolean saves(MedianSize full, MedianSize low) {
      return rounded
          ? MedianSize.product(full.planned()) > gain * MedianSize.product(low.planned())
          : MedianSize.product(full.exact()) / MedianSize.product(low.exact()) >= gain;
    }

    /** One step: axes of less than half the largest spacing first, then all. */
    private Spacing coarsen(Spacing spacing) {
      double[] next = spacing.toArray();
      double largest = Arrays.stream(next).max().orElseThrow();
      boolean any = Arrays.stream(next).anyMatch(s -> largest / s > 2);
      for (int a = 0; a < next.length; a++) {
        if (largest / next[a] > 2 || !any) {
          next[a] *= step;
        }
      }
      return Spacing.millimetres(next);
    }
  }
}
