package io.github.nnunet4j.network;

import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.error.StrategyException;
import io.github.nnunet4j.internal.Checks;

/** The normalizations that nnU-Net networks use. */
public final class Normalizations {
  private Normalizations() {}

  /**
   * Instance normalization with learned scale and shift, eps 1e-5: nnU-Net's default.
   *
   * @return the strategy
   */
  public static Instance instance() {
    return new Instance(1e-5, true);
  }

  /**
   * Batch normalization with learned scale and shift, eps 1e-5, momentum 0.1 (the weight of the new
   * statistics, as torch counts it).
   *
   * @return the strategy
   */
  public static Batch batch() {
    return new Batch(1e-5, true, 0.1);
  }

  /**
   * Group normalization with learned scale and shift, eps 1e-5; nnU-Net v1 has 8 groups.
   *
   * @param groups must divide the channels of every layer
   * @return the strategy
   */
  public static Group group(int groups) {
    return new Group(groups, 1e-5);
  }

  /**
   * Filter response normalization with its thresholded linear unit, eps 1e-6, as nnU-Net v1 has it;
   * the nonlinearity of the network is then usually {@link Nonlinearities#identity()}.
   *
   * @return the strategy
   */
  public static FilterResponse filterResponse() {
    return new FilterResponse(1e-6);
  }

  /**
   * Layer normalization over the channels of each voxel with learned scale and shift, eps 1e-6, as
   * the decoder of nnU-Net v2's Primus has it.
   *
   * @return the strategy
   */
  public static ChannelWise layer() {
    return new ChannelWise(1e-6);
  }

  /**
   * No normalization.
   *
   * @return the strategy
   */
  public static None none() {
    return new None();
  }

  /**
   * Instance normalization: each channel of each sample to mean 0 and variance 1 (biased variance).
   * A channel of a single voxel is refused.
   *
   * @param eps added to the variance
   * @param affine whether scale and shift are learned
   */
  public record Instance(double eps, boolean affine) implements Normalization {
    @Override
    public Block build(int channels) {
      return new InstanceNormBlock(channels, (float) eps, affine);
    }
  }

  /**
   * Batch normalization: statistics of the batch while training, running ones afterwards. A batch
   * of one sample is refused while training.
   *
   * @param eps added to the variance
   * @param affine whether scale and shift are learned
   * @param momentum weight of the new statistics, 0 to 1
   */
  public record Batch(double eps, boolean affine, double momentum) implements Normalization {
    @Override
    public Block build(int channels) {
      return new BatchNormBlock(channels, (float) eps, affine, (float) momentum);
    }
  }

  /**
   * Group normalization: neighbouring channels of a sample share their statistics.
   *
   * @param groups number of groups
   * @param eps added to the variance
   */
  public record Group(int groups, double eps) implements Normalization {
    /** Checks the number of groups. */
    public Group {
      Checks.positive(groups, "groups");
    }

    /**
     * {@inheritDoc}
     *
     * @throws StrategyException if the groups do not divide the channels
     */
    @Override
    public Block build(int channels) {
      if (channels % groups != 0) {
        throw new StrategyException(
            new Problem(
                "normalization " + this,
                "channels that are a multiple of " + groups,
                channels + " channels",
                "Take groups that divide the features of every stage, or other features."));
      }
      return new GroupNormBlock(channels, groups, (float) eps);
    }
  }

  /**
   * Filter response normalization (Singh and Krishnan, CVPR 2020): each channel of each sample
   * divided by its root mean square, scaled and shifted, then never below a learned threshold.
   *
   * @param eps added to the mean square
   */
  public record FilterResponse(double eps) implements Normalization {
    /** Checks the number. */
    public FilterResponse {
      Checks.positive(eps, "eps");
    }

    @Override
    public Block build(int channels) {
      return new FilterResponseBlock(channels, (float) eps);
    }
  }

  /**
   * Layer normalization: the channels of each voxel to mean 0 and variance 1.
   *
   * @param eps added to the variance
   */
  public record ChannelWise(double eps) implements Normalization {
    @Override
    public Block build(int channels) {
      return new LayerNormBlock(channels, (float) eps);
    }
  }

  /** No normalization; has no parameters. */
  public record None() implements Normalization {
    @Override
    public Block build(int channels) {
      return Blocks.identityBlock();
    }
  }
}
