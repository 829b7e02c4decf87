package io.github.nnunet4j.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;

/** Bytes that the current thread allocates, where the virtual machine counts them. */
public final class Allocation {
  private final long most;
  private final long before = bytes();

  private Allocation(long most) {
    this.most = most;
  }

  /** Counts from now on. */
  public static Allocation atMost(long bytes) {
    return new Allocation(bytes);
  }

  /** Fails if more was allocated. */
  public void check(Object what) {
    assertThat(bytes() - before).as("bytes allocated for %s", what).isLessThanOrEqualTo(most);
  }

  private static long bytes() {
    return ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads
        ? threads.getThreadAllocatedBytes(Thread.currentThread().getId())
        : 0;
  }
}
