package io.github.nnunet4j.plan;

import io.github.nnunet4j.internal.Checks;

/** The built-in decisions between patch and batch. */
public final class PriorityRules {
  private PriorityRules() {}

  /**
   * The default of nnU-Net v2 and v1's: the largest patch of which two samples fit.
   *
   * @return the rule
   */
  public static PriorityRule patchFirst() {
    return batchFirst(2);
  }

  /**
   * The largest patch of which a batch of this size fits.
   *
   * @param batch samples, at least 1
   * @return the rule
   */
  public static PriorityRule batchFirst(int batch) {
    return new BatchFirst(batch);
  }

  /**
   * The largest patch of which the reference's batch fits, 12 in 2D and 2 in 3D: the residual
   * encoder planners of nnU-Net v2, whose estimate is compared with the reference as it is.
   *
   * @return the rule
   */
  public static PriorityRule referenceBatch() {
    return new ReferenceBatch();
  }

  /**
   * The initial patch, whatever it costs ({@code ExperimentPlanner2D} of nnU-Net v1).
   *
   * @return the rule
   */
  public static PriorityRule wholeImages() {
    return new WholeImages();
  }

  private record BatchFirst(int batch) implements PriorityRule {
    BatchFirst {
      Checks.positive(batch, "batch");
    }

    @Override
    public boolean fits(MemoryUse use) {
      return use.estimate() / use.reference().batch() * batch <= use.reference().values();
    }
  }

  private record ReferenceBatch() implements PriorityRule {
    @Override
    public boolean fits(MemoryUse use) {
      return use.estimate() <= use.reference().values();
    }
  }

  private record WholeImages() implements PriorityRule {
    @Override
    public boolean fits(MemoryUse use) {
      return true;
    }
  }
}
