package io.github.nnunet4j.infer;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.network.NetworkTopology;
import io.github.nnunet4j.network.RunningNetwork;
import io.github.nnunet4j.network.UNet;
import java.lang.management.ManagementFactory;
import java.util.Locale;

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

  /** Refuses a patch whose tile weights the heap cannot hold. */
  static void requireTile(Extent patch, long heap) {
    double bytes = 4;
    for (int axis : patch.toArray()) {
      bytes *= axis;
    }
    if (bytes > Math.min((double) heap, 4.0 * (Integer.MAX_VALUE - 8))) {
      throw Predictor.failure(
          "patch " + patch,
          "tiles that the heap of this JVM, " + (heap >> 20) + " MiB, can hold",
          String.format(Locale.ROOT, "%.0f MiB for one channel of a tile", bytes / (1 << 20)),
          "Use a configuration with a smaller patch_size, or give the JVM more heap (-Xmx).");
    }
  }

  /**
   * Refuses tiles whose largest feature maps the machine cannot hold: it would end the process
   * without a word. This is less than what a network needs, so nothing that fits is refused.
   */
  static void requireMaps(
      NetworkTopology topology, RunningNetwork.Heads shape, int batch, long memory) {
    double values = shape.inputs() + shape.outputs();
    if (topology instanceof UNet net && net.stages() > 1) {
      values = 4.0 * net.features().get(0); // skip, up-sampled and both joined
    }
    for (int axis : shape.patch().toArray()) {
      values *= axis;
    }
    double bytes = 4 * values * batch;
    if (bytes > memory) {
      throw Predictor.failure(
          "patch " + shape.patch() + ", " + batch + " at once",
          "feature maps that the memory of this machine, " + (memory >> 20) + " MiB, can hold",
          String.format(Locale.ROOT, "at least %.0f MiB", bytes / (1 << 20)),
          "Use a configuration with a smaller patch_size or network, a smaller batch, or another"
              + " device.");
    }
  }

  /** The memory of this machine or container. */
  static long memory() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : Long.MAX_VALUE;
  }
}
