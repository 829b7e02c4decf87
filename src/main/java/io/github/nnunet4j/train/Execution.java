package io.github.nnunet4j.train;

import ai.djl.Device;
import io.github.nnunet4j.internal.Checks;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How a training is carried out. None of it belongs to what is trained: a resumed training may
 * change all of it, and on the CPU comes to the same bits.
 *
 * @param device where the network runs
 * @param loading how batches are prepared
 * @param checkpointEpochs after how many epochs the latest state is saved
 * @param checkpointPeriod after how much time it is saved, also amid an epoch
 * @param listeners who hears of the progress
 */
record Execution(
    Device device,
    Loading loading,
    int checkpointEpochs,
    Duration checkpointPeriod,
    List<TrainingListener> listeners) {
  Execution {
    Objects.requireNonNull(device, "device");
    Checks.positive(checkpointEpochs, "checkpointEvery");
    Checks.argument(
        !checkpointPeriod.isNegative(), "a period is not negative, was %s", checkpointPeriod);
    listeners = List.copyOf(listeners);
  }

  /**
   * How batches are prepared.
   *
   * @param threads that prepare them
   * @param cachedBatches how many may be ready or under way
   */
  record Loading(int threads, int cachedBatches) {
    Loading {
      Checks.positive(threads, "loaderThreads");
      Checks.positive(cachedBatches, "cachedBatches");
    }
  }
}
