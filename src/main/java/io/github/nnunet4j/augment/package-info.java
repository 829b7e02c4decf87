/**
 * Augmentation of training samples in plain Java: a function from {@link
 * io.github.nnunet4j.augment.Sample} to sample, with randomness as an argument.
 *
 * <p>{@code Augmentations.standard(patch)} is the default chain of nnU-Net v2 for two or three
 * dimensions, {@code Augmentations.standard(patch, StandardChain.V1_DA5)} another of nnU-Net's own.
 * It asks for a larger patch ({@code inputExtent}) than it returns, because it rotates. Each
 * transform is a record of its ranges and probabilities that draws its parameters first and applies
 * them second. Chains are put together by {@code then}, {@code withProbability}, {@code oneOf} and
 * {@code perChannel}; a lambda is an augmentation like any other.
 *
 * <p>Within a chain the built-in transforms work in place on a {@link
 * io.github.nnunet4j.augment.SampleBuffer}, which copies voxels when they are first written to; a
 * sample that was handed in or out is never changed. Deep supervision targets and regions are made
 * later, by the trainer.
 */
@NullMarked
package io.github.nnunet4j.augment;

import org.jspecify.annotations.NullMarked;
