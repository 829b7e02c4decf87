package io.github.nnunet4j.preprocess;

/** The built-in ways to bring images and logits onto another grid. */
public final class Resamplings {
  private Resamplings() {}

  /**
   * nnU-Net's default for images: cubic, nearest across thick slices.
   *
   * @return order 3, order 0 along a separate axis, separate if anisotropic
   */
  public static SplineResampling images() {
    return new SplineResampling(3, 0, SeparateZ.AUTO);
  }

  /**
   * nnU-Net's default for logits and probabilities: linear, nearest across thick slices.
   *
   * @return order 1, order 0 along a separate axis, separate if anisotropic
   */
  public static SplineResampling probabilities() {
    return new SplineResampling(1, 0, SeparateZ.AUTO);
  }

  /**
   * A B-spline with all parameters of nnU-Net's plans.
   *
   * @param order 0 to 5
   * @param orderZ 0 to 5, along the separate axis
   * @param separateZ whether the axis of thick slices is resampled by itself
   * @return the strategy
   */
  public static SplineResampling spline(int order, int orderZ, SeparateZ separateZ) {
    return new SplineResampling(order, orderZ, separateZ);
  }

  /**
   * Linear along all axes.
   *
   * @return order 1, never separate
   */
  public static SplineResampling linear() {
    return new SplineResampling(1, 1, SeparateZ.NEVER);
  }

  /**
   * The nearest voxel.
   *
   * @return order 0, never separate
   */
  public static SplineResampling nearest() {
    return new SplineResampling(0, 0, SeparateZ.NEVER);
  }

  /**
   * The linear resampling of nnU-Net's torch planners, for images, labels and logits alike.
   *
   * @param separateZ whether the axis of thick slices is resampled by itself
   * @return the strategy
   */
  public static TorchResampling torch(SeparateZ separateZ) {
    return new TorchResampling(separateZ);
  }

  /**
   * Torch's interpolation along all axes, for images, labels and logits alike.
   *
   * @param mode along all axes
   * @return the strategy
   */
  public static TorchSimpleResampling torchSimple(TorchMode mode) {
    return new TorchSimpleResampling(mode, false);
  }

  /**
   * A windowed sinc, linear across thick slices: for those who want quality.
   *
   * @param lobes half the width of the kernel, 1 to 16; 3 is usual
   * @return separate if anisotropic
   */
  public static SincResampling windowedSinc(int lobes) {
    return new SincResampling(lobes, 1, SeparateZ.AUTO);
  }

  /**
   * No resampling: voxels and extent stay.
   *
   * @return the strategy
   */
  public static NoResampling none() {
    return new NoResampling();
  }
}
