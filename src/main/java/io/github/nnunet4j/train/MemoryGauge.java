package io.github.nnunet4j.train;

import ai.djl.Device;

/** Tells how much memory a piece of work takes beyond what was taken before it. */
@FunctionalInterface
interface MemoryGauge {
  /**
   * Runs the work.
   *
   * @return bytes at its peak
   */
  long peak(Runnable work);

  /** The gauge for the memory in which a device computes. */
  static MemoryGauge of(Device device) {
    return device.isGpu() ? new DeviceMemory(device) : new ProcessMemory();
  }
}
