package io.github.nnunet4j.infer;

import io.github.nnunet4j.dataset.Case;
import io.github.nnunet4j.error.CancelledException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.internal.Parallel;
import io.github.nnunet4j.internal.Unchecked;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Cases in three overlapping steps: a thread reads and prepares the next case, the caller runs the
 * network, a thread exports and writes the last case. At most one case waits between two steps, and
 * of what the network makes, the largest of all, two are alive at most. The first failure (or a
 * cancellation) ends all steps and is thrown with the id of its case.
 *
 * @param <P> what preparation makes
 * @param <L> what the network makes
 */
final class CasePipeline<P, L> {
  private static final long WAIT_MILLIS = 50;

  /** One result of the network is made while the last is written. */
  private static final int RESULTS = 2;

  private final Step<Void, P> prepare;
  private final Step<P, L> predict;
  private final Step<L, Void> write;
  private final BooleanSupplier cancelled;
  private final Semaphore results = new Semaphore(RESULTS);
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  /** One step of one case. */
  @FunctionalInterface
  interface Step<I, O> {
    @Nullable O run(Case of, @Nullable I in) throws IOException;
  }

  private record Item<T>(Case of, @Nullable T content) {}

  CasePipeline(
      Step<Void, P> prepare, Step<P, L> predict, Step<L, Void> write, BooleanSupplier cancelled) {
    this.prepare = prepare;
    this.predict = predict;
    this.write = write;
    this.cancelled = cancelled;
  }

  /** Runs all cases; returns when both threads have ended, however the work went. */
  void run(List<? extends Case> cases) {
    BlockingQueue<Item<P>> prepared = new ArrayBlockingQueue<>(1);
    BlockingQueue<Item<L>> predicted = new ArrayBlockingQueue<>(1);
    Thread reader =
        Parallel.daemon(
            () -> {
              for (Case one : cases) {
                if (!pass(one, null, prepare, prepared)) {
                  return;
                }
              }
            },
            "predict-read");
    Thread writer =
        Parallel.daemon(
            () -> {
              for (int i = 0; i < cases.size() && pass(predicted, write, null); i++) {
                results.release();
              }
            },
            "predict-write");
    reader.start();
    writer.start();
    try {
      int left = cases.size();
      while (left > 0 && acquire() && pass(prepared, predict, predicted)) {
        left--;
      }
    } finally {
      join(reader);
      join(writer);
    }
    Throwable first = failure.get();
    if (first != null) {
      throw Unchecked.of(first);
    }
  }

  /** Takes the next case one step further; nothing refers to its content afterwards. */
  private <I, O> boolean pass(
      BlockingQueue<Item<I>> from, Step<I, O> step, @Nullable BlockingQueue<Item<O>> to) {
    Item<I> item = take(from);
    return item != null && pass(item.of(), item.content(), step, to);
  }

  /** Waits until one more result may exist; false once the work has failed. */
  private boolean acquire() {
    try {
      while (!stopped()) {
        if (results.tryAcquire(WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
          return true;
        }
      }
    } catch (InterruptedException e) {
      interrupted();
    }
    return false;
  }

  /** Runs a step and hands its result on; false once the work has failed. */
  private <I, O> boolean pass(
      Case of, @Nullable I in, Step<I, O> step, @Nullable BlockingQueue<Item<O>> to) {
    try {
      if (stopped()) {
        return false;
      }
      Item<O> item = new Item<>(of, step.run(of, in));
      return to == null ? !stopped() : put(to, item);
    } catch (Throwable t) {
      failure.compareAndSet(null, CaseFailures.of(of.id(), t));
      return false;
    }
  }

  private <T> @Nullable Item<T> take(BlockingQueue<Item<T>> from) {
    try {
      while (!stopped()) {
        Item<T> item = from.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS);
        if (item != null) {
          return item;
        }
      }
    } catch (InterruptedException e) {
      interrupted();
    }
    return null;
  }

  private <T> boolean put(BlockingQueue<Item<T>> to, Item<T> item) {
    try {
      while (!stopped()) {
        if (to.offer(item, WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
          return true;
        }
      }
    } catch (InterruptedException e) {
      interrupted();
    }
    return false;
  }

  private boolean stopped() {
    if (failure.get() == null && cancelled.getAsBoolean()) {
      failure.compareAndSet(null, cancellation("the request to stop"));
    }
    return failure.get() != null;
  }

  private void interrupted() {
    failure.compareAndSet(null, cancellation("an interrupt"));
    Thread.currentThread().interrupt();
  }

  static CancelledException cancellation(String by) {
    return new CancelledException(
        new Problem(
            "prediction",
            "to go on to the end",
            by,
            "What was written so far is complete; skip it when you run the job again."));
  }

  private void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        failure.compareAndSet(null, cancellation("an interrupt"));
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
