package io.github.nnunet4j.plan;

import io.github.nnunet4j.image.Spacing;

/**
 * A three-dimensional configuration while its resolution is decided.
 *
 * @param spacing of its grid, after transposition
 * @param size of the median case there
 * @param configuration as planned for this spacing
 */
public record StagePlan(Spacing spacing, MedianSize size, Configuration configuration) {
  /** {@return voxels of the patch / voxels of the median case, unrounded} */
  public double seen() {
    return (double) configuration.patch().voxels() / MedianSize.product(size.exact());
  }
}
