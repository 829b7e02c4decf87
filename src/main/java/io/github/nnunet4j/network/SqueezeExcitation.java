package io.github.nnunet4j.network;

import io.github.nnunet4j.internal.Checks;

/**
 * Squeeze and excitation in residual blocks (Hu et al., CVPR 2018): the mean of each channel goes
 * through two small layers whose result scales the channel.
 *
 * @param ratio width of the hidden layer by that of the block; it is rounded to a multiple of 8, at
 *     least 8
 * @param allAxes whether the mean goes over all axes. dynamic-network-architectures 0.4.4 takes the
 *     first two spatial axes alone, which is the same in 2D and keeps x in 3D; false loads its 3D
 *     weights with its results
 */
public record SqueezeExcitation(double ratio, boolean allAxes) {
  private static final int STEP = 8;

  /** Checks the ratio. */
  public SqueezeExcitation {
    Checks.positive(ratio, "ratio");
  }

  /**
   * The reference's ratio of 1/16, and means over all axes.
   *
   * @return the options
   */
  public static SqueezeExcitation standard() {
    return new SqueezeExcitation(1.0 / 16, true);
  }

  /** The width of the hidden layer. */
  int hidden(int channels) {
    return Math.max(STEP, (int) (channels * ratio + STEP / 2.0) / STEP * STEP);
  }
}
