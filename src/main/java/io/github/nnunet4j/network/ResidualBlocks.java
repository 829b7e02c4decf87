package io.github.nnunet4j.network;

import io.github.nnunet4j.internal.Checks;
import java.util.List;
import java.util.Optional;

/**
 * How the residual blocks of a U-Net are made.
 *
 * @param bottleneck features between the outer convolutions of a bottleneck block ({@code
 *     BottleneckD}: kernels 1, k, 1), per encoder stage; empty for two convolutions ({@code
 *     BasicBlockD})
 * @param squeezeExcitation empty for none; an option of the encoder alone
 * @param stochasticDepth probability that a training sample takes the way around alone; an option
 *     of the encoder alone
 * @param shortcut how the way around gets smaller
 * @param zeroLastNorm whether scale and shift of the last normalization before the sum start at 0,
 *     so that a new block does nothing
 */
public record ResidualBlocks(
    List<Integer> bottleneck,
    Optional<SqueezeExcitation> squeezeExcitation,
    double stochasticDepth,
    Shortcut shortcut,
    boolean zeroLastNorm) {

  /** How the way around a block with a stride gets smaller. */
  public enum Shortcut {
    /** Pooling by the mean, then a convolution of kernel 1 if the channels differ: nnU-Net v2. */
    POOLED,
    /** A convolution of kernel 1 that has the stride: nnU-Net v1. */
    STRIDED
  }

  /** Checks the numbers. */
  public ResidualBlocks {
    bottleneck = List.copyOf(bottleneck);
    bottleneck.forEach(width -> Checks.positive(width, "bottleneck"));
    Checks.argument(
        stochasticDepth >= 0 && stochasticDepth < 1,
        "stochastic depth must lie within 0 and 1, below 1, was %s",
        stochasticDepth);
  }

  /**
   * Two convolutions, as nnU-Net v2's residual encoder has them.
   *
   * @return the blocks
   */
  public static ResidualBlocks basic() {
    return new ResidualBlocks(List.of(), Optional.empty(), 0, Shortcut.POOLED, true);
  }

  /**
   * Three convolutions with fewer features in the middle.
   *
   * @param perStage features in the middle, per encoder stage
   * @return the blocks
   */
  public static ResidualBlocks bottleneck(List<Integer> perStage) {
    return basic().withBottleneck(perStage);
  }

  /**
   * These as bottleneck blocks.
   *
   * @param perStage features in the middle, per encoder stage; empty for basic blocks
   * @return new blocks
   */
  public ResidualBlocks withBottleneck(List<Integer> perStage) {
    return new ResidualBlocks(perStage, squeezeExcitation, stochasticDepth, shortcut, zeroLastNorm);
  }

  /**
   * These with squeeze and excitation.
   *
   * @param options of it
   * @return new blocks
   */
  public ResidualBlocks with(SqueezeExcitation options) {
    return new ResidualBlocks(
        bottleneck, Optional.of(options), stochasticDepth, shortcut, zeroLastNorm);
  }

  /**
   * These with stochastic depth.
   *
   * @param probability 0 to below 1
   * @return new blocks
   */
  public ResidualBlocks withStochasticDepth(double probability) {
    return new ResidualBlocks(bottleneck, squeezeExcitation, probability, shortcut, zeroLastNorm);
  }

  /**
   * These with another way around.
   *
   * @param value how it gets smaller
   * @return new blocks
   */
  public ResidualBlocks with(Shortcut value) {
    return new ResidualBlocks(bottleneck, squeezeExcitation, stochasticDepth, value, zeroLastNorm);
  }

  /**
   * These with another start of the last normalization.
   *
   * @param value whether it starts at 0
   * @return new blocks
   */
  public ResidualBlocks withZeroLastNorm(boolean value) {
    return new ResidualBlocks(bottleneck, squeezeExcitation, stochasticDepth, shortcut, value);
  }

  /** What remains of these in a decoder. */
  ResidualBlocks decoder() {
    return new ResidualBlocks(List.of(), Optional.empty(), 0, shortcut, zeroLastNorm);
  }
}
