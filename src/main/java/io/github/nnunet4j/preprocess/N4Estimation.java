package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.internal.Parallel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One run of N4: sharpen the histogram of the log intensities corrected so far, fit a smooth field
 * to what the sharpening changed, add it to the field; when that changes little, go on with twice
 * the spans (Tustison et al. 2010, section II). Not for reuse.
 */
final class N4Estimation {
  private static final double SMALL = 0.125;

  private final N4BiasField settings;
  private final Extent extent;
  private final MaskedSamples samples;
  private final HistogramSharpening sharpening;
  private final int threads;
  private final float[] field;
  private final Range[] ranges;
  private BSplineLattice lattice;
  private BSplineAxis[] axes;
  private double change;

  /** The lowest and highest corrected log intensity of a block. */
  private record Range(float low, float high) {}

  /** Sums over a block of what a step has changed the correction by, less 1. */
  private record Change(double sum, double squares) {}

  N4Estimation(
      N4BiasField settings,
      Extent extent,
      MaskedSamples samples,
      BSplineLattice first,
      int threads) {
    this.settings = settings;
    this.extent = extent;
    this.samples = samples;
    this.threads = samples.threads(threads);
    sharpening =
        new HistogramSharpening(
            settings.histogramBins(),
            settings.biasFieldFullWidthAtHalfMaximum(),
            settings.wienerFilterNoise());
    field = new float[samples.count()];
    ranges = new Range[samples.blocks()];
    lattice = first;
    axes = axes();
  }

  /** The estimated field. */
  BiasField run() {
    List<Integer> taken = new ArrayList<>();
    update();
    for (int level = 0; level < settings.maximumIterations().size(); level++) {
      if (level > 0) {
        lattice = lattice.refined();
        axes = axes();
      }
      taken.add(level(settings.maximumIterations().get(level)));
    }
    return new BiasField(extent, lattice, List.copyOf(taken), change);
  }

  private int level(int atMost) {
    BSplineScatteredFit fit = new BSplineScatteredFit(samples, axes, lattice, threads);
    int taken = 0;
    change = Double.MAX_VALUE;
    while (taken < atMost && change > settings.convergenceThreshold()) {
      lattice = lattice.plus(fit.fit(residuals()));
      update();
      taken++;
    }
    return taken;
  }

  private BSplineAxis[] axes() {
    int[] size = lattice.size();
    int[] orders = lattice.orders();
    BSplineAxis[] out = new BSplineAxis[size.length];
    Arrays.setAll(out, a -> BSplineAxis.of(extent.get(a), samples.voxels(a), size[a], orders[a]));
    return out;
  }

  /** What the sharpening takes away from each corrected log intensity. */
  private BSplineScatteredFit.Values residuals() {
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (Range range : ranges) {
      low = Math.min(low, range.low());
      high = Math.max(high, range.high());
    }
    if (!(high > low)) {
      return (from, to, out) -> Arrays.fill(out, 0, to - from, 0);
    }
    double slope = ((double) high - low) / (settings.histogramBins() - 1);
    double[] map = sharpening.residuals(histogram(low, slope), slope);
    double[] steps = new double[map.length];
    for (int bin = 0; bin + 1 < map.length; bin++) {
      steps[bin] = map[bin + 1] - map[bin];
    }
    Bins bins = new Bins(low, 1 / slope, map.length - 2);
    float[] logarithms = samples.logarithms();
    return (from, to, out) -> {
      for (int i = from; i < to; i++) {
        double place = bins.place(logarithms[i] - field[i]);
        int bin = bins.bin(place);
        out[i - from] = map[bin] + steps[bin] * (place - bin);
      }
    };
  }

  /** Where on the histogram a log intensity lies. */
  private record Bins(double low, double perBin, int last) {
    double place(float value) {
      return (value - low) * perBin;
    }

    int bin(double place) {
      return Math.min((int) place, last);
    }
  }

  /** Each sample is shared by the two bins whose centres it lies between. */
  private double[] histogram(float low, double slope) {
    int size = settings.histogramBins();
    Bins bins = new Bins(low, 1 / slope, size - 2);
    double[][] parts = new double[samples.blocks()][size];
    float[] logarithms = samples.logarithms();
    Parallel.forEach(
        parts.length,
        threads,
        "bias field",
        block -> {
          double[] part = parts[block];
          int end = samples.start(samples.firstRow(block + 1));
          for (int i = samples.start(samples.firstRow(block)); i < end; i++) {
            double place = bins.place(logarithms[i] - field[i]);
            int bin = bins.bin(place);
            double share = place - bin;
            part[bin] += 1 - share;
            part[bin + 1] += share;
          }
        });
    double[] out = new double[size];
    for (double[] part : parts) {
      for (int bin = 0; bin < size; bin++) {
        out[bin] += part[bin];
      }
    }
    return out;
  }

  /** Evaluates the field at the samples and measures how much that changes the correction. */
  private void update() {
    Change[] changes = new Change[samples.blocks()];
    Parallel.forEach(
        changes.length, threads, "bias field", block -> changes[block] = update(block));
    double sum = 0;
    double squares = 0;
    for (Change part : changes) {
      sum += part.sum();
      squares += part.squares();
    }
    int n = samples.count();
    double variance = n > 1 ? (squares - sum * sum / n) / (n - 1) : 0;
    change = Math.sqrt(Math.max(0, variance)) / (1 + sum / n);
  }

  private Change update(int block) {
    FieldRows rows = new FieldRows(lattice, axes);
    float[] logarithms = samples.logarithms();
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    double sum = 0;
    double squares = 0;
    for (int row = samples.firstRow(block); row < samples.firstRow(block + 1); row++) {
      int at = samples.start(row);
      if (at == samples.start(row + 1)) {
        continue;
      }
      int begin = samples.from(samples.firstRun(row));
      int end = samples.to(samples.firstRun(row + 1) - 1);
      double[] values =
          rows.read(row / samples.rowsPerSlice(), row % samples.rowsPerSlice(), begin, end);
      for (int run = samples.firstRun(row); run < samples.firstRun(row + 1); run++) {
        for (int x = samples.from(run); x < samples.to(run); x++, at++) {
          double ratio = ratioLessOne(field[at] - values[x]);
          sum += ratio;
          squares += ratio * ratio;
          field[at] = (float) values[x];
          float corrected = logarithms[at] - field[at];
          low = Math.min(low, corrected);
          high = Math.max(high, corrected);
        }
      }
    }
    ranges[block] = new Range(low, high);
    return new Change(sum, squares);
  }

  /** exp(d) - 1, for the small differences of two steps by its series: 1e-9 of it at most off. */
  private static double ratioLessOne(double d) {
    return Math.abs(d) > SMALL
        ? Math.expm1(d)
        : d * (1 + d * (1 / 2. + d * (1 / 6. + d * (1 / 24. + d * (1 / 120. + d / 720)))));
  }
}
