package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.internal.Checks;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Collects the settings of {@link N4BiasField}; axes are (z, y, x). */
public final class N4BiasFieldBuilder {
  private static final int HIGHEST_ORDER = 5;
  private static final int MOST_BINS = 1 << 16;

  List<Integer> maximumIterations = List.of(50, 50, 50, 50);
  double convergenceThreshold = 0.001;
  double fullWidthAtHalfMaximum = 0.15;
  double wienerFilterNoise = 0.01;
  int histogramBins = 200;
  List<Integer> controlPoints = List.of(4, 4, 4);
  int splineOrder = 3;
  List<Integer> shrinkFactors = List.of(1, 1, 1);
  ForegroundRule foreground = ForegroundRules.nonzero();

  N4BiasFieldBuilder() {}

  N4BiasFieldBuilder(N4BiasField from) {
    maximumIterations = from.maximumIterations();
    convergenceThreshold = from.convergenceThreshold();
    fullWidthAtHalfMaximum = from.biasFieldFullWidthAtHalfMaximum();
    wienerFilterNoise = from.wienerFilterNoise();
    histogramBins = from.histogramBins();
    controlPoints = from.controlPoints();
    splineOrder = from.splineOrder();
    shrinkFactors = from.shrinkFactors();
    foreground = from.foreground();
  }

  /**
   * Sets the fitting levels.
   *
   * @param perLevel how many iterations each level may take, from the coarsest on; each at least 1
   * @return this builder
   */
  public N4BiasFieldBuilder maximumIterations(int... perLevel) {
    maximumIterations = Arrays.stream(perLevel).boxed().toList();
    return this;
  }

  /**
   * Sets when a level ends.
   *
   * @param threshold 0 or more; 0 takes all iterations
   * @return this builder
   */
  public N4BiasFieldBuilder convergenceThreshold(double threshold) {
    convergenceThreshold = threshold;
    return this;
  }

  /**
   * Sets the width of the histogram's blur.
   *
   * @param logIntensity full width at half maximum, positive
   * @return this builder
   */
  public N4BiasFieldBuilder biasFieldFullWidthAtHalfMaximum(double logIntensity) {
    fullWidthAtHalfMaximum = logIntensity;
    return this;
  }

  /**
   * Sets the noise of Wiener's filter.
   *
   * @param noise positive
   * @return this builder
   */
  public N4BiasFieldBuilder wienerFilterNoise(double noise) {
    wienerFilterNoise = noise;
    return this;
  }

  /**
   * Sets the bins of the histogram.
   *
   * @param bins 2 to 65536
   * @return this builder
   */
  public N4BiasFieldBuilder histogramBins(int bins) {
    histogramBins = bins;
    return this;
  }

  /**
   * Sets the control points of the coarsest level, the same on all axes.
   *
   * @param perAxis more than the spline order
   * @return this builder
   */
  public N4BiasFieldBuilder controlPoints(int perAxis) {
    return controlPoints(perAxis, perAxis, perAxis);
  }

  /**
   * Sets the control points of the coarsest level.
   *
   * @param z along slices, more than the spline order
   * @param y along rows
   * @param x along columns
   * @return this builder
   */
  public N4BiasFieldBuilder controlPoints(int z, int y, int x) {
    controlPoints = List.of(z, y, x);
    return this;
  }

  /**
   * Sets the polynomial order of the splines.
   *
   * @param order 1 to 5
   * @return this builder
   */
  public N4BiasFieldBuilder splineOrder(int order) {
    splineOrder = order;
    return this;
  }

  /**
   * Sets the thinning of the estimation, the same on all axes.
   *
   * @param factor at least 1
   * @return this builder
   */
  public N4BiasFieldBuilder shrinkFactor(int factor) {
    return shrinkFactors(factor, factor, factor);
  }

  /**
   * Sets the thinning of the estimation.
   *
   * @param z every so many slices, at least 1
   * @param y rows
   * @param x columns
   * @return this builder
   */
  public N4BiasFieldBuilder shrinkFactors(int z, int y, int x) {
    shrinkFactors = List.of(z, y, x);
    return this;
  }

  /**
   * Sets how the tissue is found if no mask is given.
   *
   * @param rule such as {@link ForegroundRules#otsu} or a lambda
   * @return this builder
   */
  public N4BiasFieldBuilder foreground(ForegroundRule rule) {
    foreground = Objects.requireNonNull(rule, "foreground");
    return this;
  }

  /**
   * The settings.
   *
   * @return an immutable value
   * @throws IllegalArgumentException if a setting is out of its range; the message names it
   */
  public N4BiasField build() {
    Checks.argument(!maximumIterations.isEmpty(), "maximumIterations needs at least one level");
    maximumIterations.forEach(n -> Checks.positive(n, "maximumIterations of a level"));
    Checks.argument(
        convergenceThreshold >= 0 && convergenceThreshold < Double.POSITIVE_INFINITY,
        "convergenceThreshold must not be negative and must be finite, was %s",
        convergenceThreshold);
    Checks.positive(fullWidthAtHalfMaximum, "biasFieldFullWidthAtHalfMaximum");
    Checks.positive(wienerFilterNoise, "wienerFilterNoise");
    Checks.argument(
        histogramBins >= 2 && histogramBins <= MOST_BINS,
        "histogramBins must lie within 2 and %d, was %d",
        MOST_BINS,
        histogramBins);
    Checks.argument(
        splineOrder >= 1 && splineOrder <= HIGHEST_ORDER,
        "splineOrder must lie within 1 and %d, was %d",
        HIGHEST_ORDER,
        splineOrder);
    for (int points : controlPoints) {
      Checks.argument(
          points > splineOrder,
          "controlPoints must be more than the spline order %d on each axis, were %s",
          splineOrder,
          controlPoints);
    }
    shrinkFactors.forEach(factor -> Checks.positive(factor, "shrinkFactors of an axis"));
    return new N4BiasField(this);
  }
}
