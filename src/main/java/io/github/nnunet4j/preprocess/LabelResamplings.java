package io.github.nnunet4j.preprocess;

/** The built-in ways to bring labels onto another grid. */
public final class LabelResamplings {
  private LabelResamplings() {}

  /**
   * nnU-Net's default for labels: linear indicators, the largest wins, nearest across thick slices.
   *
   * @return order 1, order 0 along a separate axis, separate if anisotropic
   */
  public static SplineLabelResampling labels() {
    return spline(1, 0, SeparateZ.AUTO);
  }

  /**
   * Interpolated indicators with all parameters of nnU-Net's plans; the largest wins.
   *
   * @param order 0 to 5
   * @param orderZ 0 to 5, along the separate axis
   * @param separateZ whether the axis of thick slices is resampled by itself
   * @return the strategy
   */
  public static SplineLabelResampling spline(int order, int orderZ, SeparateZ separateZ) {
    return new SplineLabelResampling(order, orderZ, separateZ, LabelRule.ARGMAX);
  }

  /**
   * nnU-Net v1's labels: every label takes the voxels where its indicator is at least a half, later
   * ones overwrite, a voxel without such a label becomes 0.
   *
   * @param order 0 to 5
   * @param orderZ 0 to 5, along the separate axis
   * @param separateZ whether the axis of thick slices is resampled by itself
   * @return the strategy
   */
  public static SplineLabelResampling threshold(int order, int orderZ, SeparateZ separateZ) {
    return new SplineLabelResampling(order, orderZ, separateZ, LabelRule.THRESHOLD);
  }

  /**
   * Linear indicators along all axes.
   *
   * @return order 1, never separate
   */
  public static SplineLabelResampling linear() {
    return spline(1, 1, SeparateZ.NEVER);
  }

  /**
   * The indicators of the labels by any resampling of images; the largest wins.
   *
   * @param resampling of the indicators
   * @return the strategy
   */
  public static IndicatorLabelResampling indicators(Resampling resampling) {
    return new IndicatorLabelResampling(resampling, LabelRule.ARGMAX);
  }

  /**
   * The nearest voxel.
   *
   * @return order 0, never separate
   */
  public static SplineLabelResampling nearest() {
    return spline(0, 0, SeparateZ.NEVER);
  }

  /**
   * No resampling: labels and extent stay.
   *
   * @return the strategy
   */
  public static NoResampling none() {
    return new NoResampling();
  }
}
