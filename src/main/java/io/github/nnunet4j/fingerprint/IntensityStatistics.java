package io.github.nnunet4j.fingerprint;

import java.util.Arrays;

/**
 * Statistics of the foreground voxels of one channel over all training cases, in the image's own
 * intensity unit.
 */
public final class IntensityStatistics {
  private final Builder values;

  private IntensityStatistics(Builder values) {
    this.values = values;
  }

  /**
   * A builder with all values 0.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Mean.
   *
   * @return intensity
   */
  public double mean() {
    return values.mean;
  }

  /**
   * Median.
   *
   * @return intensity
   */
  public double median() {
    return values.median;
  }

  /**
   * Standard deviation (population).
   *
   * @return intensity
   */
  public double standardDeviation() {
    return values.standardDeviation;
  }

  /**
   * Minimum.
   *
   * @return intensity
   */
  public double minimum() {
    return values.minimum;
  }

  /**
   * Maximum.
   *
   * @return intensity
   */
  public double maximum() {
    return values.maximum;
  }

  /**
   * The 0.5 % percentile.
   *
   * @return intensity
   */
  public double percentile00_5() {
    return values.percentile00_5;
  }

  /**
   * The 99.5 % percentile.
   *
   * @return intensity
   */
  public double percentile99_5() {
    return values.percentile99_5;
  }

  private double[] all() {
    return new double[] {
      mean(),
      median(),
      standardDeviation(),
      minimum(),
      maximum(),
      percentile00_5(),
      percentile99_5()
    };
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IntensityStatistics that && Arrays.equals(all(), that.all());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(all());
  }

  @Override
  public String toString() {
    return "mean "
        + mean()
        + ", median "
        + median()
        + ", sd "
        + standardDeviation()
        + ", range "
        + minimum()
        + " to "
        + maximum()
        + ", 0.5 % to 99.5 % "
        + percentile00_5()
        + " to "
        + percentile99_5();
  }

  /** Collects the seven values. */
  public static final class Builder {
    private double mean;
    private double median;
    private double standardDeviation;
    private double minimum;
    private double maximum;
    private double percentile00_5;
    private double percentile99_5;

    private Builder() {}

    /**
     * Sets the mean.
     *
     * @param value intensity
     * @return this builder
     */
    public Builder mean(double value) {
      mean = value;
      return this;
    }

    /**
     * Sets the median.
     *
     * @param value intensity
     * @return this builder
     */
    public Builder median(double value) {
      median = value;
      return this;
    }

    /**
     * Sets the standard deviation.
     *
     * @param value intensity
     * @return this builder
     */
    public Builder standardDeviation(double value) {
      standardDeviation = value;
      return this;
    }

    /**
     * Sets the minimum.
     *
     * @param value intensity
     * @return this builder
     */
    public Builder minimum(double value) {
      minimum = value;
      return this;
    }

    /**
     * Sets the maximum.
     *
     * @param value intensity
     * @return this builder
     */
    public Builder maximum(double value) {
      maximum = value;
      return this;
    }

    /**
     * Sets the 0.5 % percentile.
     *
     * @param value intensity
     * @return this builder
     */
    public Builder percentile00_5(double value) {
      percentile00_5 = value;
      return this;
    }

    /**
     * Sets the 99.5 % percentile.
     *
     * @param value intensity
     * @return this builder
     */
    public Builder percentile99_5(double value) {
      percentile99_5 = value;
      return this;
    }

    /**
     * The statistics.
     *
     * @return an immutable copy
     */
    public IntensityStatistics build() {
      return new IntensityStatistics(
          new Builder()
              .mean(mean)
              .median(median)
              .standardDeviation(standardDeviation)
              .minimum(minimum)
              .maximum(maximum)
              .percentile00_5(percentile00_5)
              .percentile99_5(percentile99_5));
    }
  }
}
