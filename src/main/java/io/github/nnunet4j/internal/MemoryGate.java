package io.github.nnunet4j.internal;

import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;

/**
 * Lets work in while all that is inside fits under a limit of bytes; what is larger than the limit
 * works alone. First come, first served. Shared by the threads of one job.
 */
public final class MemoryGate {
  private final long limit;
  private final Semaphore door = new Semaphore(1, true);
  private long taken;

  /** A gate for so many bytes at the same time. */
  public MemoryGate(long limit) {
    Checks.argument(limit > 0, "the memory limit must be positive, was %s", limit);
    this.limit = limit;
  }

  /**
   * Waits for room.
   *
   * @param job for the message if the wait is interrupted
   * @param expected how many bytes the work will take, asked again whenever there is more room
   * @return to be closed when the memory is free again
   * @throws io.github.nnunet4j.error.CancelledException if the calling thread is interrupted; it
   *     stays so
   */
  public Pass enter(String job, LongSupplier expected) {
    try {
      door.acquire();
      try {
        return waitForRoom(expected);
      } finally {
        door.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Parallel.cancelled(job);
    }
  }

  private synchronized Pass waitForRoom(LongSupplier expected) throws InterruptedException {
    long bytes = expected.getAsLong();
    while (taken > 0 && bytes > limit - taken) {
      wait();
      bytes = expected.getAsLong();
    }
    taken += bytes;
    return new Pass(bytes);
  }

  private synchronized void change(long by) {
    taken += by;
    notifyAll();
  }

  /** The bytes of one piece of work. */
  public final class Pass implements AutoCloseable {
    private long bytes;

    private Pass(long bytes) {
      this.bytes = bytes;
    }

    /** Corrects what was expected, when it is known. */
    public void is(long actual) {
      change(actual - bytes);
      bytes = actual;
    }

    /** Frees the memory. */
    @Override
    public void close() {
      is(0);
    }
  }
}
