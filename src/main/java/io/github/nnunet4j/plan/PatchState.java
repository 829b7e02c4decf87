package io.github.nnunet4j.plan;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Spacing;
import java.util.List;

/**
 * A patch that is too large for the memory.
 *
 * @param patch voxels per axis, after transposition
 * @param median size of the configuration's median case, voxels per axis
 * @param spacing of the configuration
 * @param axes the axes that can still become shorter, ascending, at least one
 */
public record PatchState(Extent patch, List<Double> median, Spacing spacing, List<Integer> axes) {
  /** Copies the lists. */
  public PatchState {
    median = List.copyOf(median);
    axes = List.copyOf(axes);
  }
}
