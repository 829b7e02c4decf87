package io.github.nnunet4j.plan;

import io.github.nnunet4j.image.Spacing;
import java.util.List;

/**
 * Chooses the patch from which the search for one that fits starts. The reference takes the aspect
 * ratio of the voxels ({@code 1 / spacing}), so that the patch sees as far along every axis, scaled
 * to far more than fits, and no axis longer than the median case.
 */
@FunctionalInterface
public interface InitialPatchRule {
  /**
   * The largest patch to consider.
   *
   * @param spacing of the configuration, rank 2 or 3, after transposition
   * @param median size of the configuration's median case, voxels per axis
   * @return voxels per axis, need not be whole; the pooling pads them
   */
  List<Double> start(Spacing spacing, List<Double> median);
}
