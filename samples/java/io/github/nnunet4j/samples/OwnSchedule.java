package io.github.nnunet4j.samples;

import io.github.nnunet4j.train.OptimizerSchedule;
import io.github.nnunet4j.train.Progress;
import io.github.nnunet4j.train.Rates;

/**
 * A schedule of one's own: one cycle (Smith and Topin 2018, "Super-convergence", arXiv 1708.07120).
 * The learning rate rises to its highest value and falls to 0 along cosines, the momentum does the
 * opposite. A pure function of the progress, so it can be tested and plotted without any training.
 *
 * @param highest the highest learning rate, a 25th of which comes first
 * @param rising the part of the training in which it rises, above 0 and below 1
 * @param lowMomentum in force at the highest learning rate
 * @param highMomentum in force at the beginning and the end
 */
public record OwnSchedule(double highest, double rising, double lowMomentum, double highMomentum)
    implements OptimizerSchedule {
  /** Refuses a cycle without rise or fall; the rates check themselves. */
  public OwnSchedule {
    if (!(rising > 0 && rising < 1)) {
      throw new IllegalArgumentException("rising is above 0 and below 1, not " + rising);
    }
  }

  @Override
  public Rates at(Progress progress) {
    double place = progress.fraction();
    boolean first = place < rising;
    double height = first ? wave(place / rising) : 1 - wave((place - rising) / (1 - rising));
    double rate = first ? highest / 25 * (1 + 24 * height) : highest * height;
    return Rates.of(rate, highMomentum - (highMomentum - lowMomentum) * height);
  }

  private static double wave(double from0To1) {
    return (1 - Math.cos(Math.PI * from0To1)) / 2;
  }
}
