package io.github.nnunet4j.plan;

/**
 * Tells how much memory one training step of a configuration takes, by measuring or by any rule of
 * the user's; for {@link Planner#fitToMemory}. {@code io.github.nnunet4j.train.DryRun} makes a real
 * step on the real device.
 */
@FunctionalInterface
public interface MemoryMeter {
  /** What is told of a configuration that no step can be made of at all. */
  long DOES_NOT_FIT = Long.MAX_VALUE;

  /**
   * The memory at the peak of a step: weights, gradients, what the optimizer remembers, the batch
   * and all feature maps.
   *
   * @param candidate patch, batch size and network of the step
   * @param data channels and labels of the data set
   * @return bytes, not fewer for a larger patch or batch of the same network; {@link #DOES_NOT_FIT}
   *     if the step failed for want of memory
   */
  long bytes(Configuration candidate, PlannerInput data);
}
