package io.github.nnunet4j.plan;

import io.github.nnunet4j.internal.Checks;
import java.util.Objects;

/**
 * What a planner that measures has to fit into.
 *
 * @param bytes that a training step may take
 * @param meter tells what it takes
 */
record MeasuredFit(long bytes, MemoryMeter meter) {
  /** Two samples are the reference's smallest batch, and what a patch is judged by. */
  static final int SAMPLES = 2;

  MeasuredFit {
    Checks.argument(bytes > 0, "the memory to fit into must be positive, was %s bytes", bytes);
    Objects.requireNonNull(meter, "meter");
  }

  MemoryRule.Reference reference() {
    return new MemoryRule.Reference((double) bytes, SAMPLES);
  }
}
