package io.github.nnunet4j.plan;

import io.github.nnunet4j.preprocess.LabelResamplings;
import io.github.nnunet4j.preprocess.Resamplings;
import io.github.nnunet4j.preprocess.SeparateZ;
import io.github.nnunet4j.preprocess.TorchResampling;

/** How the planners of nnU-Net v2 resample. */
public final class ResamplingRules {
  private ResamplingRules() {}

  /**
   * nnU-Net's default: images by cubic splines, labels and logits linearly; nearest neighbours
   * along an axis of thick slices.
   *
   * @return the rule
   */
  public static ResamplingRule standard() {
    return new ResamplingRule(
        Resamplings.images(), LabelResamplings.labels(), Resamplings.probabilities());
  }

  /**
   * Images, labels and logits linearly, as nnU-Net's torch planners do.
   *
   * @param separateZ whether the axis of thick slices is resampled by itself
   * @return the rule
   */
  public static ResamplingRule torch(SeparateZ separateZ) {
    TorchResampling strategy = Resamplings.torch(separateZ);
    return new ResamplingRule(strategy, strategy, strategy);
  }

  /**
   * No resampling at all.
   *
   * @return the rule
   */
  public static ResamplingRule none() {
    return new ResamplingRule(Resamplings.none(), LabelResamplings.none(), Resamplings.none());
  }
}
