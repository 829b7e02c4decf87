package io.github.nnunet4j.loss;

import ai.djl.ndarray.NDArray;

/** Channels that are 0 where a voxel does not count. */
final class CountedVoxels {
  private CountedVoxels() {}

  /** An array of its own or a view: closing it leaves the argument alone. */
  static NDArray of(NDArray channels, Target target) {
    return target.mask().isPresent()
        ? channels.mul(target.mask().get())
        : channels.reshape(channels.getShape());
  }
}
