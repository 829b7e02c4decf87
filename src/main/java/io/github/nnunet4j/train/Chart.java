package io.github.nnunet4j.train;

import io.github.nnunet4j.internal.AtomicFiles;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** One picture of curves; several of them make a file. */
final class Chart {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 400;
  private static final int COLUMNS = 2;
  private static final MathContext DIGITS = new MathContext(5);
  private static final double SMALLEST_PLAIN = 1e-5;
  private static final double LARGEST_PLAIN = 1e7;

  private final XYChart chart;

  Chart(String x, String y) {
    chart = new XYChartBuilder().width(WIDTH).height(HEIGHT).xAxisTitle(x).yAxisTitle(y).build();
    chart
        .getStyler()
        .setLegendPosition(LegendPosition.OutsideS)
        .setLegendLayout(LegendLayout.Horizontal)
        .setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setyAxisTickLabelsFormattingFunction(Chart::label);
  }

  /**
   * A number beside the axis: with a digit before the point, and never so long that it takes the
   * room of the curves, as the exact value of a single epoch would.
   */
  static String label(double value) {
    BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
    double size = Math.abs(value);
    boolean plain = value == 0 || (size >= SMALLEST_PLAIN && size < LARGEST_PLAIN);
    return plain ? rounded.toPlainString() : rounded.toString();
  }

  /** Adds the curve of the finite values, if there are any. */
  void add(String name, double[] x, double[] y) {
    int[] known = IntStream.range(0, y.length).filter(i -> Double.isFinite(y[i])).toArray();
    if (known.length > 0) {
      double[] knownX = Arrays.stream(known).mapToDouble(i -> x[i]).toArray();
      double[] knownY = Arrays.stream(known).mapToDouble(i -> y[i]).toArray();
      chart
          .addSeries(name, knownX, knownY)
          .setMarker(known.length == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
    }
  }

  /** Writes pictures side by side as a PNG, two in a row, atomically. */
  static void write(Path file, List<Chart> charts) throws IOException {
    int columns = Math.min(COLUMNS, charts.size());
    int rows = (charts.size() + columns - 1) / columns;
    BufferedImage image =
        new BufferedImage(WIDTH * columns, HEIGHT * rows, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < charts.size(); i++) {
      int left = i % columns * WIDTH;
      int top = i / columns * HEIGHT;
      Graphics2D part = (Graphics2D) image.getGraphics().create(left, top, WIDTH, HEIGHT);
      charts.get(i).chart.paint(part, WIDTH, HEIGHT);
      part.dispose();
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    AtomicFiles.write(file, png.toByteArray());
  }
}
