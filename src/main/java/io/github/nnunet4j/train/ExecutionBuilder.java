package io.github.nnunet4j.train;

import ai.djl.Device;
import io.github.nnunet4j.internal.Parallel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The part of {@link TrainerConfig.Builder} that says how a training is carried out: where, by how
 * many threads, what is saved when and who hears of it. A resumed training may change all of it.
 *
 * @param <B> the builder itself
 */
public abstract sealed class ExecutionBuilder<B extends ExecutionBuilder<B>> permits CourseBuilder {
  private Device device = Device.cpu();
  private int loaderThreads = Math.max(1, Math.min(12, Parallel.processors() / 2));
  private int cachedBatches = 3;
  private int checkpointEpochs = 50;
  private Duration checkpointPeriod = Duration.ofMinutes(10);
  private final List<TrainingListener> listeners = new ArrayList<>();

  ExecutionBuilder() {}

  abstract B self();

  /**
   * Sets the device.
   *
   * @param value the CPU by default
   * @return this builder
   */
  public B device(Device value) {
    device = Objects.requireNonNull(value, "device");
    return self();
  }

  /**
   * Sets the threads that prepare batches; they make no difference to the result.
   *
   * @param value positive; half of the processors, at most 12, by default
   * @return this builder
   */
  public B loaderThreads(int value) {
    loaderThreads = value;
    return self();
  }

  /**
   * Sets how many batches may be ready or under way; bounds the memory of loading and makes no
   * difference to the result.
   *
   * @param value positive, 3 by default
   * @return this builder
   */
  public B cachedBatches(int value) {
    cachedBatches = value;
    return self();
  }

  /**
   * Sets after how many epochs the latest state is saved.
   *
   * @param everyEpochs positive, 50 by default
   * @return this builder
   */
  public B checkpointEvery(int everyEpochs) {
    checkpointEpochs = everyEpochs;
    return self();
  }

  /**
   * Sets after how much time the latest state is saved, also amid an epoch.
   *
   * @param period not negative, 10 minutes by default; zero for after every step
   * @return this builder
   */
  public B checkpointEvery(Duration period) {
    checkpointPeriod = Objects.requireNonNull(period, "period");
    return self();
  }

  /**
   * Adds a listener.
   *
   * @param value hears of the progress, after those added before
   * @return this builder
   */
  public B listener(TrainingListener value) {
    listeners.add(Objects.requireNonNull(value, "listener"));
    return self();
  }

  Execution execution() {
    return new Execution(
        device,
        new Execution.Loading(loaderThreads, cachedBatches),
        checkpointEpochs,
        checkpointPeriod,
        listeners);
  }
}
