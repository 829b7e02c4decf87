package io.github.nnunet4j.infer;

/** Refuses results that cannot fit, before anything is allocated for them. */
final class Room {
  private Room() {}

  /**
   * Fails unless the arrays can exist and are smaller than the whole heap.
   *
   * @param what they hold
   * @param arrays one per class
   * @param voxels of each, four bytes each
   */
  static void require(String what, int arrays, long voxels) {
    require(what, arrays, voxels, Runtime.getRuntime().maxMemory());
  }

  static void require(String what, int arrays, long voxels, long heap) {
    if (voxels > Integer.MAX_VALUE - 8) {
      throw Predictor.failure(
          what,
          "fewer than 2^31 voxels",
          voxels + " voxels",
          "Predict the image in parts, or plan a coarser target spacing.");
    }
    long bytes = Math.multiplyExact(4L * arrays, voxels);
    if (bytes > heap) {
      throw Predictor.failure(
          what,
          "at most " + (heap >> 20) + " MiB, the heap of this JVM",
          (bytes >> 20) + " MiB for " + arrays + " classes of " + voxels + " voxels",
          "Give the JVM more memory (-Xmx), or predict the image in parts.");
    }
  }
}
