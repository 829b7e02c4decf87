package io.github.nnunet4j.plan;

import io.github.nnunet4j.error.PlanException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.internal.Checks;

/** The batch sizes of nnU-Net v2 and v1. */
public final class BatchRules {
  private static final int SMALLEST = 2;

  private BatchRules() {}

  /**
   * nnU-Net v2's: what fits, rounded half to even, at most the part of the data, at least 2.
   *
   * @param largestPart of the data set's voxels in one batch, 0 to 1: 0.05 by default, 1 in the
   *     residual encoder planners M, L and XL
   * @return the rule
   */
  public static BatchRule standard(double largestPart) {
    return new Rounded(largestPart);
  }

  /**
   * nnU-Net v1's in three dimensions: {@code floor(max(reference / estimate, 1) * 2)}, at most the
   * larger of 2 and 5 % of the data.
   *
   * @return the rule
   */
  public static BatchRule v1Volumes() {
    return new V1Volumes();
  }

  /**
   * That of {@code ExperimentPlanner2D_v21}: {@code floor(reference / estimate) * 2}, an even
   * number, at most 5 % of the data and at least 1.
   *
   * @return the rule
   */
  public static BatchRule v1Slices() {
    return new V1Slices(true);
  }

  /**
   * That of {@code ExperimentPlanner2D}: {@code floor(reference / estimate * 50)}, at most 5 % of
   * the data and at least 1. Where less than 2 images fit, planning fails.
   *
   * @return the rule
   */
  public static BatchRule v1WholeImages() {
    return new V1Slices(false);
  }

  /**
   * One batch size for all.
   *
   * @param batch at least 1
   * @return the rule
   */
  public static BatchRule fixed(int batch) {
    Checks.positive(batch, "batch");
    return new Fixed(batch);
  }

  private static int whole(double batch) {
    return (int) Math.min(Integer.MAX_VALUE, batch);
  }

  private record Rounded(double largestPart) implements BatchRule {
    @Override
    public int batch(MemoryUse use) {
      return whole(Math.max(Math.min(Math.rint(use.batch()), use.covering(largestPart)), SMALLEST));
    }
  }

  private record Fixed(int batch) implements BatchRule {
    @Override
    public int batch(MemoryUse use) {
      return batch;
    }
  }

  private static final double V1_PART = 0.05;

  private record V1Volumes() implements BatchRule {
    @Override
    public int batch(MemoryUse use) {
      double ratio = use.reference().values() / use.estimate();
      double fits = Math.floor(Math.max(ratio, 1) * use.reference().batch());
      return whole(Math.min(fits, Math.max(use.covering(V1_PART), SMALLEST)));
    }
  }

  private record V1Slices(boolean even) implements BatchRule {
    @Override
    public int batch(MemoryUse use) {
      double ratio = use.reference().values() / use.estimate();
      int batch = use.reference().batch();
      double fits = even ? Math.floor(ratio) * batch : Math.floor(ratio * batch);
      if (fits < SMALLEST) {
        throw new PlanException(
            new Problem(
                "batch size in two dimensions",
                "room for 2 images",
                "for " + ratio * batch + " of " + use.patch(),
                "Take a planner that shortens patches, such as V1Planners.slices(), or more"
                    + " memory."));
      }
      return whole(Math.max(1, Math.min(fits, use.covering(V1_PART))));
    }
  }
}
