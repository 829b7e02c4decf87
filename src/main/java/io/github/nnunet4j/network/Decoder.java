package io.github.nnunet4j.network;

/**
 * The way up of a U-Net and its segmentation heads, one per stage.
 *
 * @param residual whether its stages are residual blocks ({@code ResidualUNet}) or plain
 *     convolutions
 * @param deeperKernels whether a stage takes the kernels of the encoder stage below its own, as
 *     nnU-Net v1's generic U-Net does (by an index that is one off) and its weights need
 * @param upsampling how the maps get larger
 * @param dropout whether the network's dropout acts here, too
 * @param heads the segmentation heads
 */
public record Decoder(
    boolean residual, boolean deeperKernels, Upsampling upsampling, boolean dropout, Heads heads) {

  /** How maps get larger. */
  public enum Upsampling {
    /**
     * A transposed convolution whose kernel is its stride, with a bias if convolutions have one.
     */
    TRANSPOSED,
    /** The same without a bias, whatever convolutions have. */
    TRANSPOSED_WITHOUT_BIAS,
    /**
     * Linear interpolation between voxel centres; the last convolution of the stage below has
     * already as many features as the next.
     */
    LINEAR
  }

  /** The convolutions of kernel 1 that make logits. */
  public enum Heads {
    /** With a bias: nnU-Net v2. */
    BIASED,
    /** Without: nnU-Net v1. */
    UNBIASED,
    /** Without a bias; the lower ones are interpolated to full resolution. */
    UPSCALED
  }

  /**
   * nnU-Net v2's: plain convolutions, transposed convolutions, biased heads.
   *
   * @return the decoder
   */
  public static Decoder plain() {
    return new Decoder(false, false, Upsampling.TRANSPOSED, true, Heads.BIASED);
  }

  /**
   * That of nnU-Net v1's generic U-Net: kernels of the stage below, no bias in transposed
   * convolutions and heads, no dropout.
   *
   * @return the decoder
   */
  public static Decoder generic() {
    return new Decoder(false, true, Upsampling.TRANSPOSED_WITHOUT_BIAS, false, Heads.UNBIASED);
  }

  /**
   * This one with stages of residual blocks or of convolutions.
   *
   * @param value whether residual
   * @return a new decoder
   */
  public Decoder withResidual(boolean value) {
    return new Decoder(value, deeperKernels, upsampling, dropout, heads);
  }

  /**
   * This one with other upsampling.
   *
   * @param value how maps get larger
   * @return a new decoder
   */
  public Decoder with(Upsampling value) {
    return new Decoder(residual, deeperKernels, value, dropout, heads);
  }

  /**
   * This one with other heads.
   *
   * @param value how logits are made
   * @return a new decoder
   */
  public Decoder with(Heads value) {
    return new Decoder(residual, deeperKernels, upsampling, dropout, value);
  }
}
