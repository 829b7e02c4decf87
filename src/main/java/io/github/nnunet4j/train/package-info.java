/**
 * Training as nnU-Net v2 does it. A {@link Trainer} takes {@link TrainingData} (a configuration of
 * the plan, the labels, prepared cases) and a {@link TrainerConfig} and runs epochs in a folder.
 *
 * <p>A {@link BatchLoader} makes batches in background threads: a {@link PatchSampler} chooses
 * where to cut, with more patches around foreground, and an augmentation changes what was cut. Each
 * step is a forward pass, a loss on every scale, a backward pass, clipping and an {@link Optimizer}
 * with the {@link Rates} of an {@link OptimizerSchedule}. Validation batches give the online Dice,
 * whose moving average names the best epoch; a {@link StoppingRule} may end the training early, a
 * {@link VolumeValidation} scores whole volumes, a {@link TrainingListener} hears of everything.
 *
 * <p>A {@link DryRun} makes a training step to learn what it takes of the memory.
 *
 * <p>All randomness follows from one seed and the place in the training. A {@link Checkpoint} holds
 * weights, optimizer state and history, so that a training that was ended resumes bit for bit on
 * the CPU. It may begin from {@link InitialWeights} of another. Sampler, optimizer, schedule, loss
 * and augmentation may be lambdas of the user's.
 */
@NullMarked
package io.github.nnunet4j.train;

import org.jspecify.annotations.NullMarked;
