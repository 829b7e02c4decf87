package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;

/**
 * Brings labels onto another grid; a pure function that several threads call at once. It never
 * invents labels other than background, and what has one label everywhere keeps it.
 */
@FunctionalInterface
public interface LabelResampling {
  /**
   * The resampled labels.
   *
   * @param source labels on their own grid; untouched
   * @param target the grid to fill; extent and spacing count, the outer edges of both grids
   *     coincide
   * @return labels on the target grid
   */
  LabelMap apply(LabelMap source, Grid target);

  /**
   * The resampled labels, computed by several threads where the strategy can; the result does not
   * depend on their number.
   *
   * @param source labels on their own grid; untouched
   * @param target the grid to fill
   * @param threads at most so many, at least 1
   * @return labels on the target grid
   */
  default LabelMap apply(LabelMap source, Grid target, int threads) {
    return apply(source, target);
  }
}
