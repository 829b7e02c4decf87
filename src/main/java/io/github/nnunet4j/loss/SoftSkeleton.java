package io.github.nnunet4j.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;

/**
 * The soft skeleton of objects given by numbers from 0 to 1: what an opening removes, after none to
 * some erosions (Shit et al. 2021, algorithm 1). Erosion takes the least number of the neighbours
 * along each axis, dilation the largest of all neighbours.
 */
final class SoftSkeleton {
  private SoftSkeleton() {}

  /**
   * The skeleton.
   *
   * @param objects (batch, channels, [z,] y, x)
   * @param iterations erosions, at least as many as the largest radius in voxels
   */
  static NDArray of(NDArray objects, int iterations) {
    NDArray eroded = eroded(objects);
    NDArray skeleton = removed(objects, eroded);
    for (int i = 0; i < iterations; i++) {
      try (NDArray before = eroded;
          NDArray old = skeleton) {
        eroded = eroded(before);
        skeleton = united(old, before, eroded);
      }
    }
    eroded.close();
    return skeleton;
  }

  private static NDArray united(NDArray skeleton, NDArray objects, NDArray eroded) {
    try (NDArray fresh = removed(objects, eroded);
        NDArray known = skeleton.mul(fresh);
        NDArray unknown = fresh.sub(known);
        NDArray positive = Activation.relu(unknown)) {
      return skeleton.add(positive);
    }
  }

  private static NDArray removed(NDArray objects, NDArray eroded) {
    try (NDArray opened = largest(eroded, -1);
        NDArray rest = objects.sub(opened)) {
      return Activation.relu(rest);
    }
  }

  private static NDArray eroded(NDArray objects) {
    try (NDArray negative = objects.neg()) {
      NDArray most = largest(negative, 0);
      for (int axis = 1; axis < objects.getShape().dimension() - 2; axis++) {
        try (NDArray before = most;
            NDArray along = largest(negative, axis)) {
          most = before.maximum(along);
        }
      }
      try (NDArray all = most) {
        return all.neg();
      }
    }
  }

  /** The largest of three neighbours along an axis, or of all neighbours for axis -1. */
  private static NDArray largest(NDArray array, int axis) {
    int axes = array.getShape().dimension() - 2;
    long[] kernel = new long[axes];
    long[] stride = new long[axes];
    long[] padding = new long[axes];
    for (int a = 0; a < axes; a++) {
      boolean wide = axis < 0 || a == axis;
      kernel[a] = wide ? 3 : 1;
      stride[a] = 1;
      padding[a] = wide ? 1 : 0;
    }
    return array
        .getNDArrayInternal()
        .maxPool(new Shape(kernel), new Shape(stride), new Shape(padding), false);
  }
}
