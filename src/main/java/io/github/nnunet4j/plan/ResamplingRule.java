package io.github.nnunet4j.plan;

import io.github.nnunet4j.preprocess.LabelResampling;
import io.github.nnunet4j.preprocess.Resampling;

/**
 * How a plan resamples; see {@link ResamplingRules}. Any lambda will do as a strategy.
 *
 * @param images strategy for images
 * @param labels strategy for labels
 * @param probabilities strategy for logits on their way back
 */
public record ResamplingRule(Resampling images, LabelResampling labels, Resampling probabilities) {}
