package io.github.nnunet4j.plan;

import io.github.nnunet4j.preprocess.LabelResampling;
import io.github.nnunet4j.preprocess.LabelResamplings;
import io.github.nnunet4j.preprocess.Resampling;
import io.github.nnunet4j.preprocess.Resamplings;

/**
 * How a plan resamples.
 *
 * @param images strategy for images
 * @param labels strategy for labels
 * @param probabilities strategy for logits on their way back
 */
public record ResamplingRule(Resampling images, LabelResampling labels, Resampling probabilities) {
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
   * No resampling at all.
   *
   * @return the rule
   */
  public static ResamplingRule none() {
    return new ResamplingRule(Resamplings.none(), LabelResamplings.none(), Resamplings.none());
  }
}
