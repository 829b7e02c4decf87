package io.github.nnunet4j.train;

import io.github.nnunet4j.error.CancelledException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.internal.Parallel;
import io.github.nnunet4j.internal.Unchecked;
import io.github.nnunet4j.train.BatchLoader.Made;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Numbered samples made by several threads and taken in order. A number is begun only if it lies
 * within the window ahead of the consumer, so memory is bounded. A failure comes at its number's
 * turn: where a training stops does not depend on how far the threads ran ahead.
 */
final class SampleQueue {
  private static final long CLOSE_MILLIS = 5000;

  private final LongFunction<Made> maker;
  private final int batchSize;
  private final long window;
  private final List<Thread> workers = new ArrayList<>();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Long, Made> ready = new HashMap<>();
  private long toBegin;
  private long toTake;
  private boolean stopped;
  private @Nullable Throwable failure;
  private long failedAt;

  SampleQueue(LongFunction<Made> maker, long first, int batchSize, long window, int threads) {
    this.maker = maker;
    this.batchSize = batchSize;
    this.window = window;
    this.toBegin = first;
    this.toTake = first;
    for (int t = 1; t <= threads; t++) {
      Thread worker = Parallel.daemon(this::work, "batches-" + t);
      workers.add(worker);
      worker.start();
    }
  }

  private void work() {
    try {
      long number;
      while ((number = claim()) >= 0) {
        make(number);
      }
    } catch (InterruptedException e) {
      fail(Long.MIN_VALUE, e);
    }
  }

  private void make(long number) {
    try {
      Made made = maker.apply(number);
      lock.lock();
      try {
        ready.put(number, made);
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    } catch (Throwable t) {
      fail(number, t);
    }
  }

  /** The next number to make, or -1 at the end; none behind a failure. */
  private long claim() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!stopped && failure == null && toBegin >= toTake + window) {
        changed.await();
      }
      return stopped || failure != null ? -1 : toBegin++;
    } finally {
      lock.unlock();
    }
  }

  /** Keeps the failure of the lowest number. */
  private void fail(long number, Throwable t) {
    lock.lock();
    try {
      Throwable other = failure;
      if (other == null || number < failedAt) {
        failure = t;
        failedAt = number;
      }
      if (other != null && other != t) {
        (failure == t ? t : other).addSuppressed(failure == t ? other : t);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The samples of the next batch, once all are ready. */
  List<Made> take() {
    lock.lock();
    try {
      while (!isReadyBelow(toTake + batchSize)) {
        if (failure != null && failedAt < toTake + batchSize && isReadyBelow(failedAt)) {
          throw Unchecked.of(failure);
        }
        changed.await();
      }
      List<Made> batch = new ArrayList<>();
      for (int i = 0; i < batchSize; i++) {
        batch.add(Objects.requireNonNull(ready.remove(toTake++)));
      }
      changed.signalAll();
      return batch;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException(
          new Problem(
              "waiting for the next batch",
              "a batch",
              "an interrupt",
              "The loader is still usable; call next() again to go on."),
          e);
    } finally {
      lock.unlock();
    }
  }

  private boolean isReadyBelow(long end) {
    for (long number = toTake; number < end; number++) {
      if (!ready.containsKey(number)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Stops the threads. They are not interrupted, which would close files that others still read.
   */
  void close() {
    lock.lock();
    try {
      stopped = true;
      ready.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    long deadline = System.nanoTime() + CLOSE_MILLIS * 1_000_000;
    try {
      for (Thread worker : workers) {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left > 0) {
          worker.join(left);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
