package io.github.nnunet4j.augment;

import io.github.nnunet4j.image.Extent;

/** The box between the centres of the edge voxels: its points have voxels on all sides. */
record EdgeCentres(int lastZ, int lastY, int lastX) {
  static EdgeCentres of(Extent extent) {
    return new EdgeCentres(extent.get(0) - 1, extent.get(1) - 1, extent.get(2) - 1);
  }

  /** Whether a point lies in the box; its faces belong to it. */
  boolean hold(double z, double y, double x) {
    return z >= 0 && z <= lastZ && y >= 0 && y <= lastY && x >= 0 && x <= lastX;
  }
}
