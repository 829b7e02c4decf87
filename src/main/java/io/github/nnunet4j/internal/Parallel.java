package io.github.nnunet4j.internal;

import io.github.nnunet4j.error.CancelledException;
import io.github.nnunet4j.error.Problem;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Parallel loops over an index range: daemon threads named after their job, the first failure stops
 * the rest and is rethrown, an interrupt of the caller ends the loop.
 */
public final class Parallel {
  private Parallel() {}

  /** Work for one index. */
  @FunctionalInterface
  public interface IndexTask {
    /** Does the work of one index. */
    void run(int index);
  }

  /** The number of processors the JVM may use. */
  public static int processors() {
    return Runtime.getRuntime().availableProcessors();
  }

  /**
   * Runs the task for 0 to count - 1, each index once, in no particular order. With one thread (or
   * one index) everything runs in the caller, in order.
   *
   * @throws RuntimeException the first failure of a task, later ones suppressed
   * @throws CancelledException if the caller is interrupted; it stays interrupted
   */
  public static void forEach(int count, int threads, String job, IndexTask task) {
    int workers = Math.min(count, Checks.positive(threads, "threads"));
    if (workers <= 1) {
      for (int i = 0; i < count; i++) {
        requireNotInterrupted(Thread.currentThread(), job);
        task.run(i);
      }
      return;
    }
    AtomicInteger next = new AtomicInteger();
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    Thread caller = Thread.currentThread();
    Runnable loop =
        () -> {
          int i;
          while (failure.get() == null && (i = next.getAndIncrement()) < count) {
            try {
              requireNotInterrupted(
                  caller, job); // nobody starts more work while the caller ends its own
              requireNotInterrupted(Thread.currentThread(), job);
              task.run(i);
            } catch (Throwable t) {
              Throwable first = failure.compareAndExchange(null, t);
              if (first != null && first != t) {
                first.addSuppressed(t);
              }
            }
          }
        };
    Thread[] pool = new Thread[workers - 1];
    for (int t = 0; t < pool.length; t++) {
      pool[t] = daemon(loop, job + "-" + (t + 1));
      pool[t].start();
    }
    loop.run();
    join(pool, failure, job);
    Throwable first = failure.get();
    if (first != null) {
      throw Unchecked.of(first);
    }
  }

  /** A daemon thread named after its job, not yet started. */
  public static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, "nnunet4j-" + name);
    thread.setDaemon(true);
    return thread;
  }

  private static void requireNotInterrupted(Thread thread, String job) {
    if (thread.isInterrupted()) {
      throw cancelled(job);
    }
  }

  static CancelledException cancelled(String job) {
    return new CancelledException(
        new Problem(
            job,
            "to work to the end",
            "an interrupt of the calling thread",
            "Nothing half-done is left behind; call it again."));
  }

  private static void join(
      Thread[] pool, AtomicReference<@Nullable Throwable> failure, String job) {
    boolean interrupted = false;
    for (Thread thread : pool) {
      while (true) {
        try {
          thread.join();
          break;
        } catch (InterruptedException e) {
          interrupted = true;
          failure.compareAndSet(null, cancelled(job));
          for (Thread other : pool) {
            other.interrupt();
          }
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
