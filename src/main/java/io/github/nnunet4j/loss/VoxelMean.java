package io.github.nnunet4j.loss;

import ai.djl.ndarray.NDArray;

/** The mean over the channels and the voxels that count. */
final class VoxelMean {
  private VoxelMean() {}

  /** The mean of (batch, channels, [z,] y, x), a scalar; 0 where no voxel counts. */
  static NDArray of(NDArray voxels, Target target) {
    if (target.mask().isEmpty()) {
      return voxels.mean();
    }
    NDArray mask = target.mask().get();
    try (NDArray counted = voxels.mul(mask);
        NDArray sum = counted.sum();
        NDArray number = mask.sum();
        NDArray positive = Scalars.atLeast(number, 1);
        NDArray numbers = Scalars.times(positive, (double) voxels.getShape().get(1))) {
      return sum.div(numbers);
    }
  }
}
