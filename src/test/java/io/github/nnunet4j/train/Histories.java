package io.github.nnunet4j.train;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Epochs that somebody has made up. */
final class Histories {
  private Histories() {}

  static List<EpochResult> of(int epochs, IntFunction<EpochResult> result) {
    return IntStream.range(0, epochs).mapToObj(result).toList();
  }

  static EpochResult loss(int epoch, double training) {
    return result(epoch, 0.01, training, Double.NaN);
  }

  static EpochResult dice(int epoch, double mean) {
    return result(epoch, 0.01, 0.5, mean);
  }

  static EpochResult result(int epoch, double rate, double training, double dice) {
    return new EpochResult(
        epoch,
        Rates.of(rate),
        new EpochResult.Loss(training, Double.NaN),
        new EpochResult.Dice(List.of(dice), dice, dice),
        new EpochResult.Time(1, 0));
  }
}
