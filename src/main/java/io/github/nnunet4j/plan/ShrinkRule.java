package io.github.nnunet4j.plan;

/**
 * Chooses the axis along which a patch that does not fit becomes shorter, by one step of what the
 * patch is a multiple of. The reference takes the axis that covers most of its median: the last one
 * of the largest {@code patch / median}.
 */
@FunctionalInterface
public interface ShrinkRule {
  /**
   * The axis to shorten next.
   *
   * @param state the patch and what it is measured by
   * @return one of {@link PatchState#axes()}
   */
  int axis(PatchState state);
}
