package io.github.nnunet4j.train;

import io.github.nnunet4j.internal.Checks;

/**
 * An exponential moving average that begins with the first value. A NaN leaves it as it was; the
 * reference would stay NaN for good.
 *
 * @param memory weight of the old average, 0 (the last value alone) to 1
 */
record MovingAverage(double memory) {
  /** nnU-Net v1's for the training loss. */
  static final double TRAINING_LOSS = 0.93;

  MovingAverage {
    Checks.probability(memory, "memory");
  }

  /** The average after one more value; an old NaN means that there is none yet. */
  double next(double old, double value) {
    if (Double.isNaN(old) || Double.isNaN(value)) {
      return Double.isNaN(old) ? value : old;
    }
    return memory * old + (1 - memory) * value;
  }
}
