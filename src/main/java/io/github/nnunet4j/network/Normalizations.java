package io.github.nnunet4j.network;

import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
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
   * Group normalization with learned scale and shift, eps 1e-5.
   *
   * @param groups must divide the channels of every layer
   * @return the strategy
   */
  public static Group group(int groups) {
    return new Group(groups, 1e-5);
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
   * Batch normalization: statistics of the batch while training, running ones afterwards.
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
   * Group normalization.
   *
   * @param groups number of groups
   * @param eps added to the variance
   */
  public record Group(int groups, double eps) implements Normalization {
    /** Checks the number of groups. */
    public Group {
      Checks.positive(groups, "groups");
    }

    @Override
    public Block build(int channels) {
      Checks.argument(
          channels % groups == 0, "%d groups do not divide %d channels", groups, channels);
      return new GroupNormBlock(channels, groups, (float) eps);
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
