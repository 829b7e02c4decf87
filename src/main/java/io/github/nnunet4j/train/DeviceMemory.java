package io.github.nnunet4j.train;

import ai.djl.Device;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.cuda.CudaUtils;

/**
 * The memory of a graphics card. The engine keeps what it has taken there for the next array, so
 * that after some work its peak is still taken: what the card has handed out then, less what it had
 * handed out before with nothing kept. Other processes on the card must be quiet meanwhile.
 */
record DeviceMemory(Device device) implements MemoryGauge {
  @Override
  public long peak(Runnable work) {
    JniUtils.emptyCudaCache();
    long before = taken();
    try {
      work.run();
      return Math.max(0, taken() - before);
    } finally {
      JniUtils.emptyCudaCache();
    }
  }

  private long taken() {
    return CudaUtils.getGpuMemory(device).getUsed();
  }
}
