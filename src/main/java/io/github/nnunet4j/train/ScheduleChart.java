package io.github.nnunet4j.train;

import io.github.nnunet4j.internal.Checks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** The rates of a schedule as a picture. */
final class ScheduleChart {
  private static final int SHOWN = 80;

  private ScheduleChart() {}

  /** What the legend has room for. */
  private static String name(OptimizerSchedule schedule) {
    String text = schedule.toString();
    return text.length() > SHOWN ? "learning rate" : text;
  }

  /** Writes a PNG of the learning rate, and beside it the momentum if there is one. */
  static void write(OptimizerSchedule schedule, int epochs, Path file) throws IOException {
    Checks.positive(epochs, "epochs");
    List<Rates> rates =
        IntStream.range(0, epochs).mapToObj(e -> schedule.at(new Progress(e, epochs))).toList();
    double[] x = IntStream.range(0, epochs).asDoubleStream().toArray();
    Chart learningRate = new Chart("epoch", "learning rate");
    learningRate.add(name(schedule), x, rates.stream().mapToDouble(Rates::learningRate).toArray());
    if (rates.stream().allMatch(r -> r.momentum().isEmpty())) {
      Chart.write(file, List.of(learningRate));
      return;
    }
    Chart momentum = new Chart("epoch", "momentum");
    momentum.add(
        "momentum", x, rates.stream().mapToDouble(r -> r.momentum().orElse(Double.NaN)).toArray());
    Chart.write(file, List.of(learningRate, momentum));
  }
}
