package io.github.nnunet4j.samples;

import io.github.nnunet4j.train.OptimizerSchedule;
import io.github.nnunet4j.train.Rates;

/** A schedule of one's own: the learning rate rises and falls in triangles. */
public final class OwnSchedule {
  private OwnSchedule() {}

  /** A pure function of the progress, so it can be tested and plotted without any training. */
  public static OptimizerSchedule triangles(double low, double high, int period) {
    return progress -> {
      double position = progress.epoch() % period / (double) period;
      double height = position < 0.5 ? 2 * position : 2 - 2 * position;
      return Rates.of(low + (high - low) * height);
    };
  }
}
