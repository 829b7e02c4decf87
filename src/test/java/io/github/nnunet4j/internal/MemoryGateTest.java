package io.github.nnunet4j.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nnunet4j.error.CancelledException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MemoryGateTest {
  @Property(tries = 50)
  void neverLetsInMoreThanFitsUnlessAlone(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 1, max = 30) Integer> work) {
    MemoryGate gate = new MemoryGate(20);
    AtomicLong inside = new AtomicLong();
    List<Long> crowds = new CopyOnWriteArrayList<>();
    Parallel.forEach(
        work.size(),
        4,
        "gate",
        i -> {
          int bytes = work.get(i);
          try (MemoryGate.Pass pass = gate.enter("gate", () -> bytes)) {
            pass.is(bytes);
            long now = inside.addAndGet(bytes);
            assertThat(now).isLessThanOrEqualTo(Math.max(20, bytes));
            crowds.add(now);
            LockSupport.parkNanos(1000);
            inside.addAndGet(-bytes);
          }
        });
    assertThat(crowds).hasSize(work.size());
  }

  @Test
  void workThatFitsIsInsideTogetherAndOthersWaitForRoom() throws Exception {
    MemoryGate gate = new MemoryGate(10);
    MemoryGate.Pass first = gate.enter("test", () -> Long.MAX_VALUE);
    AtomicBoolean let = new AtomicBoolean();
    CompletableFuture<MemoryGate.Pass> second =
        CompletableFuture.supplyAsync(() -> gate.enter("test", () -> let.get() ? 6 : 60));
    assertThat(second).isNotDone();
    first.is(4);
    assertThat(second).isNotDone();
    let.set(true);
    first.is(4);
    MemoryGate.Pass pass = second.get();
    CompletableFuture<MemoryGate.Pass> third =
        CompletableFuture.supplyAsync(() -> gate.enter("test", () -> 1));
    assertThat(third).isNotDone();
    pass.close();
    third.get().close();
    first.close();
  }

  @Test
  void anInterruptEndsTheWait() throws InterruptedException {
    MemoryGate gate = new MemoryGate(10);
    try (MemoryGate.Pass all = gate.enter("test", () -> 10)) {
      CopyOnWriteArrayList<Throwable> failures = new CopyOnWriteArrayList<>();
      List<Thread> waiting =
          IntStream.range(0, 2)
              .mapToObj(
                  i ->
                      Parallel.daemon(
                          () -> {
                            try {
                              gate.enter("waiting", () -> 1);
                            } catch (CancelledException e) {
                              failures.add(e);
                              assertThat(Thread.currentThread().isInterrupted()).isTrue();
                            }
                          },
                          "gate-" + i))
              .toList();
      waiting.forEach(Thread::start);
      waiting.forEach(Thread::interrupt);
      for (Thread thread : waiting) {
        thread.join();
      }
      assertThat(failures).hasSize(2).allMatch(e -> e.getMessage().contains("waiting"));
      all.is(9);
    }
    gate.enter("test", () -> 10).close();
  }

  @Test
  void aLimitIsPositive() {
    assertThatThrownBy(() -> new MemoryGate(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
