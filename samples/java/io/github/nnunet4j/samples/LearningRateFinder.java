package io.github.nnunet4j.samples;

import io.github.nnunet4j.Experiment;
import io.github.nnunet4j.NnUNet;
import io.github.nnunet4j.dataset.Dataset;
import io.github.nnunet4j.train.EpochResult;
import io.github.nnunet4j.train.OptimizerSchedules;
import io.github.nnunet4j.train.StoppingRule;
import io.github.nnunet4j.train.Trainer;
import io.github.nnunet4j.train.TrainerConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A learning rate range test (nnU-Net v1 {@code find_lr}): the rate grows from step to step, and
 * the loss tells where learning begins and where it breaks down. A training with one iteration per
 * epoch, a growing schedule and a stopping rule is all it takes.
 */
public final class LearningRateFinder {
  private static final double MEMORY = 0.98;
  private static final double BREAKDOWN = 4;

  private LearningRateFinder() {}

  /**
   * A step of the test.
   *
   * @param rate the learning rate
   * @param loss the smoothed loss, counted from -1 as the Dice part of the loss goes down to it
   */
  public record Point(double rate, double loss) {}

  /** The average of the losses so far, without the bias of its start. */
  public static List<Double> smooth(List<Double> losses) {
    List<Double> smooth = new ArrayList<>();
    double average = 0;
    for (int i = 0; i < losses.size(); i++) {
      average = MEMORY * average + (1 - MEMORY) * (losses.get(i) + 1);
      smooth.add(average / (1 - Math.pow(MEMORY, i + 1)));
    }
    return smooth;
  }

  /** Ends the test once the smoothed loss is four times as high as it has ever been. */
  public static boolean isBroken(List<Double> smooth) {
    double best = smooth.stream().mapToDouble(Double::doubleValue).min().orElse(0);
    return smooth.size() > 1 && smooth.get(smooth.size() - 1) > BREAKDOWN * best;
  }

  private static List<Double> losses(List<EpochResult> epochs) {
    return epochs.stream().map(epoch -> epoch.loss().training()).toList();
  }

  /** Runs the test on the embedded images; the picture lies in runs/learning_rate_finder. */
  public static void main(String[] arguments) throws IOException {
    Experiment experiment =
        NnUNet.plan(Dataset.open(Path.of("samples/data/Dataset004_Hippocampus")))
            .withPlan(plan -> plan.with(Quickstart.small(plan.configuration("3d_fullres"))));
    find(experiment, 100, Path.of("runs/learning_rate_finder")).forEach(System.out::println);
  }

  /** Runs the test on the training cases of an experiment; its result is a picture. */
  public static List<Point> find(Experiment experiment, int steps, Path folder) throws IOException {
    StoppingRule breakdown = (next, rates) -> isBroken(smooth(losses(next.history())));
    TrainerConfig config =
        TrainerConfig.defaultsFor(experiment.configuration(), experiment.dataset().labels())
            .epochs(steps)
            .iterations(1)
            .validationIterations(0)
            .schedule(OptimizerSchedules.exponential(1e-6, 10))
            .stopWhen(breakdown)
            .build();
    List<EpochResult> epochs;
    try (Trainer trainer = Trainer.start(experiment.data(folder), config, folder)) {
      epochs = trainer.run();
    }
    List<Point> points = points(epochs);
    plot(points, folder.resolve("learning_rate_finder.png"));
    return points;
  }

  /** Without the step in which the loss broke down. */
  private static List<Point> points(List<EpochResult> epochs) {
    List<Double> smooth = smooth(losses(epochs));
    int shown = isBroken(smooth) ? smooth.size() - 1 : smooth.size();
    return IntStream.range(0, shown)
        .mapToObj(i -> new Point(epochs.get(i).rates().learningRate(), smooth.get(i)))
        .toList();
  }

  /** The curve to choose by: a rate somewhat before the loss is lowest. */
  public static void plot(List<Point> points, Path png) throws IOException {
    XYChart chart =
        new XYChartBuilder()
            .width(640)
            .height(400)
            .xAxisTitle("learning rate")
            .yAxisTitle("smoothed loss + 1")
            .build();
    chart.getStyler().setXAxisLogarithmic(true).setLegendVisible(false);
    chart
        .addSeries(
            "loss",
            points.stream().mapToDouble(Point::rate).toArray(),
            points.stream().mapToDouble(Point::loss).toArray())
        .setMarker(SeriesMarkers.NONE);
    BitmapEncoder.saveBitmap(chart, png.toString(), BitmapFormat.PNG);
  }
}
