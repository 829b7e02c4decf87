package io.github.nnunet4j.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nnunet4j.error.CancelledException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ParallelTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8, 100})
  void runsEveryIndexExactlyOnce(int threads) {
    AtomicIntegerArray seen = new AtomicIntegerArray(1000);
    Parallel.forEach(1000, threads, "count", seen::incrementAndGet);
    for (int i = 0; i < 1000; i++) {
      assertThat(seen.get(i)).isEqualTo(1);
    }
  }

  @Test
  void rethrowsTheFirstFailureAndStopsEarly() {
    AtomicInteger runs = new AtomicInteger();
    assertThatThrownBy(
            () ->
                Parallel.forEach(
                    1_000_000,
                    4,
                    "fail",
                    i -> {
                      runs.incrementAndGet();
                      throw new IllegalStateException("broken " + i);
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("broken");
    assertThat(runs.get()).isLessThanOrEqualTo(4);
  }

  @Test
  void rethrowsErrorsAsTheyAre() {
    assertThatThrownBy(
            () ->
                Parallel.forEach(
                    4,
                    2,
                    "error",
                    i -> {
                      throw new OutOfMemoryError("none left");
                    }))
        .isInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void usesDaemonThreadsNamedAfterTheJob() throws InterruptedException {
    CountDownLatch both = new CountDownLatch(2);
    java.util.Set<String> names = java.util.concurrent.ConcurrentHashMap.newKeySet();
    Parallel.forEach(
        2,
        2,
        "resample",
        i -> {
          names.add(Thread.currentThread().getName());
          both.countDown();
          try {
            assertThat(both.await(10, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    assertThat(names).contains("nnunet4j-resample-1");
    assertThat(Parallel.daemon(() -> {}, "x").isDaemon()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void anInterruptedCallerBeginsNothing(int threads) {
    AtomicInteger runs = new AtomicInteger();
    Thread.currentThread().interrupt();
    assertThatThrownBy(
            () -> Parallel.forEach(1_000_000, threads, "late", i -> runs.incrementAndGet()))
        .isInstanceOf(CancelledException.class)
        .hasMessageContaining("late");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(runs.get()).isLessThan(1_000_000);
  }

  @Test
  void endsWhenTheCallerIsInterrupted() throws InterruptedException {
    AtomicInteger caught = new AtomicInteger();
    Thread caller =
        new Thread(
            () -> {
              try {
                Parallel.forEach(
                    2,
                    2,
                    "wait",
                    i -> {
                      try {
                        Thread.sleep(i == 0 ? 0 : 60_000);
                      } catch (InterruptedException e) {
                        throw new IllegalStateException("interrupted", e);
                      }
                    });
              } catch (IllegalStateException | CancelledException e) {
                caught.incrementAndGet();
              }
            });
    caller.start();
    Thread.sleep(200);
    caller.interrupt();
    caller.join(10_000);
    assertThat(caller.isAlive()).isFalse();
    assertThat(caught).hasValue(1);
  }
}
