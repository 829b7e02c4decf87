package io.github.nnunet4j.loss;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

/**
 * What the network should have said, on the scale of the logits. The arrays belong to the target; a
 * loss must neither change nor close them. {@link Targets} makes targets.
 */
public interface Target {
  /**
   * Labels (batch, 1, [z,] y, x), int64, 0 to classes - 1; ignored voxels hold 0. Not for regions.
   *
   * @return the labels
   * @throws io.github.nnunet4j.error.StrategyException for regions
   */
  NDArray labels();

  /**
   * One channel per class or region (batch, classes, [z,] y, x), float32, 0 or 1, or between for
   * soft targets.
   *
   * @return the one-hot target
   */
  NDArray oneHot();

  /**
   * Whether every voxel has one class: {@link #oneHot()} is then that of {@link #labels()}, and a
   * loss may take either.
   *
   * @return false unless a target says otherwise
   */
  default boolean exclusive() {
    return false;
  }

  /**
   * What {@link #oneHot()} says as booleans (batch, classes, [z,] y, x), in a quarter of its
   * memory.
   *
   * @return empty unless the target is {@link #exclusive}
   */
  default Optional<NDArray> members() {
    return Optional.empty();
  }

  /**
   * Which voxels count (batch, 1, [z,] y, x), float32, 0 or 1.
   *
   * @return empty if all do
   */
  Optional<NDArray> mask();

  /**
   * The number of classes or regions, equal to the channels of the logits.
   *
   * @return at least 1
   */
  int classes();

  /**
   * Whether the channels are regions, which may overlap: each logit then has its own sigmoid, there
   * is no background channel and there are no labels. Else a softmax runs over the channels.
   *
   * @return true for regions, false unless a target says otherwise
   */
  default boolean regions() {
    return false;
  }

  /**
   * Whether the channels are shares of classes that are not 0 or 1, as the averages over coarse
   * voxels are. Cross-entropy then takes the shares in place of the labels.
   *
   * @return true for soft classes, false unless a target says otherwise
   */
  default boolean soft() {
    return false;
  }
}
