package io.github.nnunet4j.plan;

import io.github.nnunet4j.image.Spacing;
import java.util.function.Function;

/** What a {@link LowResolutionRule} may ask: full resolution, and any coarser one. */
public final class StageSearch {
  private final StagePlan full;
  private final Function<Spacing, StagePlan> coarser;

  StageSearch(StagePlan full, Function<Spacing, StagePlan> coarser) {
    this.full = full;
    this.coarser = coarser;
  }

  /** {@return the configuration of full resolution} */
  public StagePlan full() {
    return full;
  }

  /**
   * Plans a configuration of another spacing.
   *
   * @param spacing rank 3, after transposition
   * @return the configuration 3d_lowres for it
   */
  public StagePlan at(Spacing spacing) {
    return coarser.apply(spacing);
  }
}
