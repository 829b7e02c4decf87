package io.github.nnunet4j.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The curves of a training as a picture: losses, Dice, epoch seconds, learning rate. */
final class ProgressChart {
  private ProgressChart() {}

  /** Writes a PNG of at least one epoch, atomically. */
  static void write(Path file, List<EpochResult> epochs) throws IOException {
    Chart loss = chart("loss");
    add(loss, "training", epochs, Measure.TRAINING_LOSS);
    add(loss, "validation", epochs, Measure.VALIDATION_LOSS);
    Chart dice = chart("pseudo Dice");
    add(dice, "mean of the classes", epochs, Measure.ONLINE_DICE);
    add(dice, "moving average", epochs, r -> r.dice().movingAverage());
    add(dice, "whole volumes", epochs, Measure.VOLUME_DICE);
    Chart seconds = chart("seconds");
    add(seconds, "epoch", epochs, r -> r.time().seconds());
    add(seconds, "waiting for data", epochs, r -> r.time().waiting());
    Chart rate = chart("learning rate");
    add(rate, "learning rate", epochs, r -> r.rates().learningRate());
    Chart.write(file, List.of(loss, dice, seconds, rate));
  }

  private static Chart chart(String what) {
    return new Chart("finished epochs", what);
  }

  private static void add(
      Chart chart, String name, List<EpochResult> epochs, ToDoubleFunction<EpochResult> value) {
    chart.add(
        name,
        epochs.stream().mapToDouble(r -> r.epoch() + 1).toArray(),
        epochs.stream().mapToDouble(value).toArray());
  }
}
