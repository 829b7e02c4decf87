package io.github.nnunet4j.train;

import io.github.nnunet4j.internal.AtomicFiles;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The curves of a training as a picture: losses, Dice, epoch seconds, learning rate. */
final class ProgressChart {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 400;
  private static final int COLUMNS = 2;

  private ProgressChart() {}

  /** Writes a PNG of at least one epoch, atomically. */
  static void write(Path file, List<EpochResult> epochs) throws IOException {
    XYChart loss = chart("loss");
    add(loss, "training", epochs, r -> r.loss().training());
    add(loss, "validation", epochs, r -> r.loss().validation());
    XYChart dice = chart("pseudo Dice");
    add(dice, "mean of the classes", epochs, r -> r.dice().mean());
    add(dice, "moving average", epochs, r -> r.dice().movingAverage());
    XYChart seconds = chart("seconds");
    add(seconds, "epoch", epochs, r -> r.time().seconds());
    add(seconds, "waiting for data", epochs, r -> r.time().waiting());
    XYChart rate = chart("learning rate");
    add(rate, "learning rate", epochs, r -> r.rates().learningRate());
    List<XYChart> charts = List.of(loss, dice, seconds, rate);
    BufferedImage image =
        new BufferedImage(
            WIDTH * COLUMNS, HEIGHT * charts.size() / COLUMNS, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < charts.size(); i++) {
      int left = i % COLUMNS * WIDTH;
      int top = i / COLUMNS * HEIGHT;
      Graphics2D part = (Graphics2D) image.getGraphics().create(left, top, WIDTH, HEIGHT);
      charts.get(i).paint(part, WIDTH, HEIGHT);
      part.dispose();
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    AtomicFiles.write(file, png.toByteArray());
  }

  private static XYChart chart(String what) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .xAxisTitle("finished epochs")
            .yAxisTitle(what)
            .build();
    chart
        .getStyler()
        .setLegendPosition(LegendPosition.OutsideS)
        .setLegendLayout(LegendLayout.Horizontal)
        .setChartBackgroundColor(Color.WHITE);
    return chart;
  }

  private static void add(
      XYChart chart, String name, List<EpochResult> epochs, ToDoubleFunction<EpochResult> value) {
    List<EpochResult> known =
        epochs.stream().filter(r -> Double.isFinite(value.applyAsDouble(r))).toList();
    if (known.isEmpty()) {
      return;
    }
    double[] x = known.stream().mapToDouble(r -> r.epoch() + 1).toArray();
    double[] y = known.stream().mapToDouble(value).toArray();
    chart
        .addSeries(name, x, y)
        .setMarker(known.size() == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
  }
}
