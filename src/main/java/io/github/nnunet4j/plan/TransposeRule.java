package io.github.nnunet4j.plan;

import io.github.nnunet4j.image.Spacing;
import java.util.List;

/**
 * Chooses the order of the axes on the network grid ({@code transpose_forward}). The reference puts
 * the axis of the largest target spacing first: {@code [argmax(target)] + the others}; see {@link
 * TransposeRules#coarsestFirst()}.
 */
@FunctionalInterface
public interface TransposeRule {
  /**
   * The order.
   *
   * @param target spacing of full resolution, rank 3, in the axis order of the images
   * @return a permutation of 0, 1, 2: for each axis of the network grid, the axis of the image
   */
  List<Integer> order(Spacing target);
}
