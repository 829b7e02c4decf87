package io.github.nnunet4j.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nnunet4j.dataset.Case;
import io.github.nnunet4j.dataset.Cases;
import io.github.nnunet4j.error.CancelledException;
import io.github.nnunet4j.error.ModelException;
import io.github.nnunet4j.error.PredictionException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.error.StrategyException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class CasePipelineTest {
  private static final CasePipeline.Step<Void, String> READ = (one, none) -> one.id();
  private static final CasePipeline.Step<String, String> PREDICT = (one, in) -> in + "!";
  private final List<String> written = Collections.synchronizedList(new ArrayList<>());
  private final CasePipeline.Step<String, Void> write =
      (one, in) -> {
        written.add(in);
        return null;
      };

  @AfterEach
  void noThreadIsLeft() {
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("nnunet4j-predict"));
  }

  @Test
  void takesEveryCaseThroughAllStepsInOrder() {
    pipeline(READ, PREDICT, write).run(cases(20));
    assertThat(written)
        .containsExactlyElementsOf(IntStream.range(0, 20).mapToObj(i -> "c" + i + "!").toList());
    pipeline(READ, PREDICT, write).run(List.of());
    assertThat(written).hasSize(20);
  }

  @Test
  void overlapsTheSteps() {
    CountDownLatch secondRead = new CountDownLatch(2);
    CasePipeline.Step<Void, String> read =
        (one, none) -> {
          secondRead.countDown();
          return one.id();
        };
    CasePipeline.Step<String, String> predict =
        (one, in) -> {
          await(secondRead); // would wait for ever without a reader that goes ahead
          return in;
        };
    pipeline(read, predict, write).run(cases(2));
    assertThat(written).containsExactly("c0", "c1");
  }

  @Test
  void readsNoMoreThanItMust() {
    AtomicInteger read = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CasePipeline.Step<Void, String> count =
        (one, none) -> {
          read.incrementAndGet();
          return one.id();
        };
    AtomicInteger done = new AtomicInteger();
    CasePipeline.Step<String, Void> slow =
        (one, in) -> {
          sleep(10);
          most.accumulateAndGet(read.get() - done.incrementAndGet(), Math::max);
          return null;
        };
    pipeline(count, PREDICT, slow).run(cases(30));
    assertThat(most.get()).isLessThanOrEqualTo(5);
  }

  @Test
  void letsTwoResultsOfTheNetworkExistAtMost() {
    AtomicInteger alive = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CasePipeline.Step<String, String> make =
        (one, in) -> {
          most.accumulateAndGet(alive.incrementAndGet(), Math::max);
          return in;
        };
    CasePipeline.Step<String, Void> slow =
        (one, in) -> {
          sleep(10);
          alive.decrementAndGet();
          return null;
        };
    pipeline(READ, make, slow).run(cases(20));
    assertThat(most).hasValue(2);
    assertThat(alive).hasValue(0);
  }

  @Test
  void keepsAllProblemsOfAFailure() {
    CasePipeline.Step<String, String> broken =
        (one, in) -> {
          throw new ModelException(
              List.of(
                  new Problem("layer 1", "4 numbers", "5", "Mend it."),
                  new Problem("case c0, layer 2", "4 numbers", "6", "Mend it.")));
        };
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> pipeline(READ, broken, write).run(cases(1)))
        .satisfies(
            e ->
                assertThat(e.problems())
                    .extracting(Problem::where)
                    .containsExactly("case c0: layer 1", "case c0, layer 2"));
  }

  @Test
  void endsWithTheFirstFailureOfAnyStepAndNamesItsCase() {
    CasePipeline.Step<String, String> broken =
        (one, in) -> {
          if (one.id().equals("c3")) {
            throw new ModelException(new Problem("network", "logits", "none", "Mend it."));
          }
          return in;
        };
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> pipeline(READ, broken, write).run(cases(9)))
        .withMessageContaining("case c3: network");
    CasePipeline.Step<Void, String> unreadable =
        (one, none) -> {
          throw new IOException("no such file");
        };
    assertThatExceptionOfType(PredictionException.class)
        .isThrownBy(() -> pipeline(unreadable, PREDICT, write).run(cases(9)))
        .withMessageContaining("case c0")
        .withMessageContaining("no such file")
        .withCauseInstanceOf(IOException.class);
    CasePipeline.Step<String, Void> full =
        (one, in) -> {
          throw new StrategyException(new Problem("listener", "peace", "war", "Talk."));
        };
    assertThatExceptionOfType(StrategyException.class)
        .isThrownBy(() -> pipeline(READ, PREDICT, full).run(cases(9)))
        .withMessageContaining("case c0: listener");
    CasePipeline.Step<String, Void> bug =
        (one, in) -> {
          throw new IllegalStateException("bug");
        };
    assertThatExceptionOfType(PredictionException.class)
        .isThrownBy(() -> pipeline(READ, PREDICT, bug).run(cases(9)))
        .withCauseInstanceOf(IllegalStateException.class);
    CasePipeline.Step<String, Void> error =
        (one, in) -> {
          throw new OutOfMemoryError("test");
        };
    assertThatThrownBy(() -> pipeline(READ, PREDICT, error).run(cases(9)))
        .isInstanceOf(PredictionException.class)
        .hasMessageContaining("case c0: expected enough memory")
        .hasCauseInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void stopsOnRequest() {
    AtomicBoolean stop = new AtomicBoolean();
    CasePipeline.Step<String, Void> stopping =
        (one, in) -> {
          written.add(in);
          stop.set(written.size() == 3);
          return null;
        };
    CasePipeline<String, String> pipeline = new CasePipeline<>(READ, PREDICT, stopping, stop::get);
    assertThatExceptionOfType(CancelledException.class)
        .isThrownBy(() -> pipeline.run(cases(50)))
        .withMessageContaining("request to stop");
    assertThat(written).hasSize(3);
  }

  @Test
  void stopsWhenItsThreadIsInterrupted() throws InterruptedException {
    CountDownLatch running = new CountDownLatch(1);
    CasePipeline.Step<Void, String> slow =
        (one, none) -> {
          running.countDown();
          sleep(20);
          return one.id();
        };
    List<Throwable> thrown = Collections.synchronizedList(new ArrayList<>());
    AtomicBoolean flag = new AtomicBoolean();
    Thread caller =
        new Thread(
            () -> {
              try {
                pipeline(slow, PREDICT, write).run(cases(1000));
              } catch (CancelledException e) {
                thrown.add(e);
                flag.set(Thread.currentThread().isInterrupted());
              }
            });
    caller.start();
    await(running);
    caller.interrupt();
    caller.join();
    assertThat(thrown).hasSize(1);
    assertThat(flag).isTrue();
  }

  private static <P, L> CasePipeline<P, L> pipeline(
      CasePipeline.Step<Void, P> read,
      CasePipeline.Step<P, L> predict,
      CasePipeline.Step<L, Void> write) {
    return new CasePipeline<>(read, predict, write, () -> false);
  }

  private static List<Case> cases(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                Cases.lazy(
                    "c" + i,
                    () -> {
                      throw new IOException("not read here");
                    }))
        .toList();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
