package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.Spacing;

/**
 * Which grid a case is resampled to. A pure function; the outer edges of both grids coincide, so
 * that only extent and spacing count.
 */
@FunctionalInterface
public interface GridRule {
  /**
   * The network grid of a case.
   *
   * @param cropped grid of the cropped, transposed image
   * @param target the recipe's target spacing, rank 2 or 3
   * @return the grid to resample to
   */
  Grid apply(Grid cropped, Spacing target);
}
