package io.github.nnunet4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import io.github.nnunet4j.error.CancelledException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.internal.Parallel;
import io.github.nnunet4j.loss.LossFunction;
import io.github.nnunet4j.network.Weights;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Cancelled and interrupted trainings go on to the same bits; steps leave no arrays behind. */
@Tag("engine")
@Timeout(120)
class TrainerCancelTest {
  private static Weights undisturbed;

  @TempDir Path folder;

  private static TrainerConfig.Builder config(TrainingData data) {
    return TinyTraining.config(data).iterations(10);
  }

  private static TrainingData data() {
    return TinyTraining.data(TinyTraining.networkWithDropout());
  }

  @BeforeAll
  static void trainsWithoutBeingDisturbed(@TempDir Path other) {
    TrainingData data = data();
    undisturbed = Faults.run(data, config(data).build(), other);
  }

  @AfterEach
  void noThreadIsLeft() {
    assertThat(Thread.interrupted()).isFalse();
    Faults.requireNoThreads();
  }

  /** Does something after the sixth iteration of the second epoch, once. */
  private static final class Once implements TrainingListener {
    private Runnable action;

    Once(Runnable action) {
      this.action = action;
    }

    @Override
    public void iterationEnded(Progress progress, int iteration, double loss) {
      if (progress.epoch() == 1 && iteration == 5) {
        Runnable now = action;
        action = () -> {};
        now.run();
      }
    }
  }

  @Test
  void goesOnInTheSameTrainerAfterACallFromAnotherThread() throws Exception {
    TrainingData data = data();
    CountDownLatch called = new CountDownLatch(1);
    CountDownLatch there = new CountDownLatch(1);
    Once wait = new Once(() -> pass(there, called));
    try (Trainer trainer = Trainer.start(data, config(data).listener(wait).build(), folder)) {
      Thread other =
          Parallel.daemon(
              () -> {
                pass(null, there);
                trainer.cancel();
                called.countDown();
              },
              "canceller");
      other.start();
      assertThatThrownBy(trainer::run)
          .isInstanceOf(CancelledException.class)
          .hasMessageContaining("epoch 1, iteration 6")
          .hasMessageContaining("a call of cancel()")
          .hasMessageContaining("resume from the folder");
      other.join();
      Checkpoint saved = Faults.requireIntact(folder);
      assertThat(List.of(saved.epoch(), saved.iteration())).containsExactly(1, 6);
      trainer.run();
      assertThat(trainer.weights()).isEqualTo(undisturbed);
    }
  }

  private static void pass(CountDownLatch arrived, CountDownLatch awaited) {
    if (arrived != null) {
      arrived.countDown();
    }
    try {
      awaited.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void resumesAfterAnInterruptToTheSameBits() {
    TrainingData data = data();
    Once interrupt = new Once(() -> Thread.currentThread().interrupt());
    TrainerConfig config = config(data).listener(interrupt).build();
    assertThatThrownBy(() -> Faults.run(data, config, folder))
        .isInstanceOf(CancelledException.class)
        .hasMessageContaining("an interrupt");
    assertThat(Thread.interrupted()).as("stays interrupted").isTrue();
    assertThat(Faults.requireIntact(folder).iteration()).isEqualTo(6);
    assertThat(Faults.run(data, config, folder)).isEqualTo(undisturbed);
  }

  @Test
  void survivesInterruptsAtAnyMoment() throws Exception {
    TrainingData data = data();
    TrainerConfig config = config(data).checkpointEvery(Duration.ZERO).build();
    List<Throwable> ends = new ArrayList<>();
    Weights weights = null;
    for (int round = 1; weights == null; round++) {
      Thread trainer = Thread.currentThread();
      long wait = round * 23L;
      Thread interrupter =
          Parallel.daemon(
              () -> {
                try {
                  Thread.sleep(wait);
                  trainer.interrupt();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              },
              "interrupter");
      try {
        interrupter.start();
        weights = Faults.run(data, config, folder);
      } catch (CancelledException e) {
        ends.add(e);
      } finally {
        interrupter.interrupt();
        boolean interrupted = Thread.interrupted();
        interrupter.join();
        assertThat(interrupted || Thread.interrupted() || weights != null).isTrue();
        Thread.interrupted();
      }
    }
    assertThat(ends).isNotEmpty();
    assertThat(weights).isEqualTo(undisturbed);
    assertThat(EpochLog.read(folder.resolve("training_log.jsonl"))).hasSize(3);
  }

  @Test
  void canBeCancelledByAListenerInAnyCallback() {
    TrainingData data = data();
    for (int callback = 0; callback < 4; callback++) {
      Path own = folder.resolve("cancelled_in_" + callback);
      Canceller canceller = new Canceller(callback);
      TrainerConfig config = config(data).checkpointEvery(1).listener(canceller).build();
      try (Trainer trainer = Trainer.start(data, config, own)) {
        assertThatThrownBy(trainer::run).isInstanceOf(CancelledException.class);
        Faults.requireIntact(own);
        trainer.run();
        assertThat(trainer.weights()).isEqualTo(undisturbed);
      }
    }
  }

  private static final class Canceller implements TrainingListener {
    private final int callback;
    private boolean done;

    Canceller(int callback) {
      this.callback = callback;
    }

    private void cancel(int here) {
      if (here == callback && !done) {
        done = true;
        throw new CancelledException(new Problem("here", "to go on", "an end", "Resume."));
      }
    }

    @Override
    public void epochStarted(Progress progress, Rates rates) {
      cancel(0);
    }

    @Override
    public void iterationEnded(Progress progress, int iteration, double loss) {
      cancel(1);
    }

    @Override
    public void epochEnded(EpochResult result) {
      cancel(2);
    }

    @Override
    public void checkpointWritten(Path file) {
      cancel(3);
    }
  }

  @Test
  void remembersACallBetweenTwoEpochs() {
    TrainingData data = data();
    try (Trainer trainer = Trainer.start(data, config(data).build(), folder)) {
      trainer.runEpoch();
      trainer.cancel();
      assertThatThrownBy(trainer::run)
          .isInstanceOf(CancelledException.class)
          .hasMessageContaining("epoch 1, iteration 0");
      assertThat(trainer.run()).hasSize(3);
      assertThat(trainer.weights()).isEqualTo(undisturbed);
    }
  }

  @Test
  void refusesToBeUsedOnceClosed() {
    TrainingData data = data();
    Trainer trainer = Trainer.start(data, config(data).build(), folder);
    trainer.close();
    trainer.close();
    assertThatThrownBy(trainer::runEpoch).hasMessageContaining("closed");
    assertThatThrownBy(trainer::weights).hasMessageContaining("closed");
  }

  @Test
  void keepsTheNumberOfLiveArraysOverFiveHundredSteps() {
    TrainingData data = TinyTraining.data();
    LossFunction dice = TinyTraining.config(data).build().loss();
    List<Integer> counts = new ArrayList<>();
    LossFunction counting =
        (logits, target) -> {
          counts.add(arraysAbove(logits.getManager()));
          return dice.evaluate(logits, target);
        };
    TrainerConfig config =
        TinyTraining.config(data)
            .epochs(10)
            .iterations(50)
            .loss(counting)
            .checkpointEvery(Duration.ofMillis(50))
            .build();
    Faults.run(data, config, folder);
    assertThat(counts).hasSize(10 * (50 + 2));
    // the optimizer's arrays come with the first step
    List<Integer> first = counts.subList(1, 52);
    assertThat(first.subList(0, 49)).containsOnly(first.get(0));
    for (int epoch = 1; epoch < 10; epoch++) {
      assertThat(counts.subList(52 * epoch + 1, 52 * (epoch + 1))).isEqualTo(first);
    }
  }

  /** Of the step, the training and the network, as the parents of a pass's manager own them. */
  private static int arraysAbove(NDManager pass) {
    int arrays = 0;
    for (NDManager m = pass.getParentManager(); m != null; m = m.getParentManager()) {
      arrays += m.getManagedArrays().size();
    }
    return arrays;
  }
}
