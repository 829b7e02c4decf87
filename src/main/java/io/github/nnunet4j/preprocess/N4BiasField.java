package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.error.PreprocessException;
import io.github.nnunet4j.image.Mask;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.Parallel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Corrects the slow intensity variation that the coils of a magnetic resonance scanner leave in an
 * image: N4 (Tustison et al., "N4ITK: Improved N3 Bias Correction", IEEE Transactions on Medical
 * Imaging 29(6), 2010), with the settings of ITK's {@code N4BiasFieldCorrectionImageFilter} and the
 * defaults of SimpleITK. Immutable; results depend neither on threads nor on chance.
 *
 * <p>Equal in effect to ITK, different in four points:
 *
 * <ul>
 *   <li>Voxels of the mask that are 0 or negative have no logarithm and do not take part in the
 *       estimation (ITK takes their value itself for a logarithm). They are divided by the field as
 *       all others are.
 *   <li>With a shrink factor the sampled voxels stay where they are in the image, and no axis is
 *       thinned to fewer samples than it has control points on the finest level (the usual way with
 *       ITK stretches the thinned image to the outline of the whole, and divides by zero when one
 *       sample is left).
 *   <li>Along an axis of one voxel the field is constant, so a picture of one slice is corrected as
 *       ITK corrects a 2D image (in 3D it divides by zero).
 *   <li>Sums are taken in double precision (ITK: single).
 * </ul>
 *
 * <pre>{@code
 * Volume corrected = N4BiasField.standard().correct(image);
 * IntensityNormalization mri =
 *     N4BiasField.standard().normalization().then(IntensityNormalizations.zScore());
 * }</pre>
 */
public final class N4BiasField {
  private final List<Integer> maximumIterations;
  private final double convergenceThreshold;
  private final double fullWidthAtHalfMaximum;
  private final double wienerFilterNoise;
  private final int histogramBins;
  private final List<Integer> controlPoints;
  private final int splineOrder;
  private final List<Integer> shrinkFactors;
  private final ForegroundRule foreground;

  N4BiasField(N4BiasFieldBuilder b) {
    maximumIterations = b.maximumIterations;
    convergenceThreshold = b.convergenceThreshold;
    fullWidthAtHalfMaximum = b.fullWidthAtHalfMaximum;
    wienerFilterNoise = b.wienerFilterNoise;
    histogramBins = b.histogramBins;
    controlPoints = b.controlPoints;
    splineOrder = b.splineOrder;
    shrinkFactors = b.shrinkFactors;
    foreground = b.foreground;
  }

  /**
   * SimpleITK's defaults: four fitting levels of at most 50 iterations, convergence threshold
   * 0.001, full width at half maximum 0.15, Wiener filter noise 0.01, 200 histogram bins, 4 control
   * points per axis on the coarsest level, spline order 3, no shrinking; estimated on the voxels
   * that are not 0.
   *
   * @return the settings
   */
  public static N4BiasField standard() {
    return builder().build();
  }

  /**
   * A builder that starts from {@link #standard}.
   *
   * @return a new builder
   */
  public static N4BiasFieldBuilder builder() {
    return new N4BiasFieldBuilder();
  }

  /**
   * A builder that starts from these settings.
   *
   * @return a new builder
   */
  public N4BiasFieldBuilder toBuilder() {
    return new N4BiasFieldBuilder(this);
  }

  /**
   * The channel without its bias field, which is estimated on the voxels that {@link #foreground}
   * gives. Works with all processors.
   *
   * @param channel one channel
   * @return the corrected channel, on the same grid
   * @throws PreprocessException if the field cannot be estimated, as {@link #estimate} says
   */
  public Volume correct(Volume channel) {
    return correct(channel, foreground.mask(channel), Parallel.processors());
  }

  /**
   * The channel without its bias field.
   *
   * @param channel one channel
   * @param mask the voxels that the field is estimated on; all are corrected
   * @param threads at most so many; the result does not depend on it
   * @return the corrected channel, on the same grid
   * @throws PreprocessException if the field cannot be estimated, as {@link #estimate} says
   */
  public Volume correct(Volume channel, Mask mask, int threads) {
    return estimate(channel, mask, threads).correct(channel, threads);
  }

  /**
   * The bias field of a channel. A channel that is constant in the mask has none: its field is 1.
   *
   * @param channel one channel
   * @param mask the voxels that the field is estimated on
   * @param threads at most so many; the result does not depend on it
   * @return the field, over all voxels
   * @throws PreprocessException if there is more than one channel, the mask has another extent, a
   *     voxel is not finite, the mask holds no positive voxel, or the finest level has far more
   *     control points than voxels along an axis
   */
  public BiasField estimate(Volume channel, Mask mask, int threads) {
    return N4Input.of(this, channel, mask).estimate(threads);
  }

  /**
   * This correction as a step before an intensity normalization. The mask comes from {@link
   * #foreground}, not from the context.
   *
   * @return a strategy that prints and compares as these settings do
   */
  public BiasFieldNormalization normalization() {
    return new BiasFieldNormalization(this);
  }

  /**
   * How many iterations each fitting level may take; each level doubles the spans of the splines.
   *
   * @return from the coarsest level on, each at least 1
   */
  public List<Integer> maximumIterations() {
    return maximumIterations;
  }

  /**
   * A level ends when the coefficient of variation, over the mask, of the ratio of two fields in a
   * row is not above this.
   *
   * @return 0 or more
   */
  public double convergenceThreshold() {
    return convergenceThreshold;
  }

  /**
   * Width of the Gaussian that the field is thought to blur the histogram with.
   *
   * @return full width at half maximum, in natural logarithms of intensity
   */
  public double biasFieldFullWidthAtHalfMaximum() {
    return fullWidthAtHalfMaximum;
  }

  /**
   * Noise of Wiener's filter, which takes that blur back.
   *
   * @return a positive value; the square of N3's Z
   */
  public double wienerFilterNoise() {
    return wienerFilterNoise;
  }

  /**
   * Bins of the histogram of log intensities.
   *
   * @return at least 2
   */
  public int histogramBins() {
    return histogramBins;
  }

  /**
   * Control points of the coarsest level. There are as many spans as control points beyond the
   * spline order.
   *
   * @return (z, y, x)
   */
  public List<Integer> controlPoints() {
    return controlPoints;
  }

  /**
   * Polynomial order of the splines.
   *
   * @return 1 to 5
   */
  public int splineOrder() {
    return splineOrder;
  }

  /**
   * Every so many voxels of an axis one is looked at in the estimation; the field is evaluated at
   * every voxel all the same.
   *
   * @return (z, y, x), each at least 1
   */
  public List<Integer> shrinkFactors() {
    return shrinkFactors;
  }

  /**
   * Finds the tissue if no mask is given.
   *
   * @return the rule
   */
  public ForegroundRule foreground() {
    return foreground;
  }

  private List<Object> all() {
    return List.of(
        maximumIterations,
        convergenceThreshold,
        fullWidthAtHalfMaximum,
        wienerFilterNoise,
        histogramBins,
        controlPoints,
        splineOrder,
        shrinkFactors,
        foreground);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof N4BiasField that && all().equals(that.all());
  }

  @Override
  public int hashCode() {
    return all().hashCode();
  }

  @Override
  public String toString() {
    return "N4BiasField[maximumIterations="
        + maximumIterations
        + ", convergenceThreshold="
        + convergenceThreshold
        + ", biasFieldFullWidthAtHalfMaximum="
        + fullWidthAtHalfMaximum
        + ", wienerFilterNoise="
        + wienerFilterNoise
        + ", histogramBins="
        + histogramBins
        + ", controlPoints="
        + controlPoints
        + ", splineOrder="
        + splineOrder
        + ", shrinkFactors="
        + shrinkFactors
        + ", foreground="
        + foreground
        + "]";
  }
}
