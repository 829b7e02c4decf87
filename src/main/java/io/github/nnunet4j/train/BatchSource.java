package io.github.nnunet4j.train;

import java.time.Duration;

/** Where a training gets its batches; for one consumer thread. */
interface BatchSource extends AutoCloseable {
  /** Begins at a place; what was under way before is dropped. */
  void start(int epoch, int iteration);

  /** The next batch; waits until it is ready. */
  Batch next();

  /** How long {@link #next} has waited altogether. */
  Duration waited();

  @Override
  void close();
}
