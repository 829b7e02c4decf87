package io.github.nnunet4j.loss;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

/** What the network should have said, on the scale of the logits. */
public interface Target {
  /**
   * Labels (batch, 1, [z,] y, x), int64, 0 to classes - 1; ignored voxels hold 0. Not for regions.
   *
   * @return the labels
   */
  NDArray labels();

  /**
   * One channel per class or region (batch, classes, [z,] y, x), float32, 0 or 1.
   *
   * @return the one-hot target
   */
  NDArray oneHot();

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
}
