/**
 * Decisions as data. A {@link Planner} turns a fingerprint into a {@link Plan}: for each {@link
 * Configuration} (2d, 3d_lowres, 3d_fullres, ...) the spacing, the patch, the batch size, the
 * topology of the network and the recipe of the preprocessing.
 *
 * <p>{@link Planners} has the planners of nnU-Net v2, {@link V1Planners} those of v1. All are made
 * of rules, each an interface of one method with its defaults in the plural companion: {@link
 * SpacingRule}, {@link TransposeRule}, {@link SizeRule}, {@link NormalizationRule}, {@link
 * MaskRule}, {@link ResamplingRule}, {@link RecipeRule}, {@link RankRule}, {@link
 * InitialPatchRule}, {@link PoolingRule}, {@link ShrinkRule}, {@link TopologyRule} and {@link
 * StageRule}, {@link EstimateRule}, {@link MemoryRule}, {@link PriorityRule}, {@link BatchRule},
 * {@link BatchDiceRule}, {@link LowResolutionRule}, {@link CascadeRule}, {@link RevisionRule}. They
 * can be replaced one by one, such as {@code
 * Planners.standard().withNormalization(NormalizationRules.ct())}, or by a lambda. The patch
 * shrinks until the estimate of the memory fits.
 *
 * <p>A plan is a value that can be printed, compared and changed. {@link PlanCodec} reads and
 * writes it as nnU-Net's {@code plans.json}; strategies that nnU-Net does not know need a {@link
 * StrategyCodec} that says how they are written.
 *
 * <p>A plan knows where it came from ({@link PlanOrigin}) and why its numbers are what they are:
 * {@link Plan#explain}. In place of the estimate a {@link MemoryMeter} may measure what a training
 * step takes.
 */
@NullMarked
package io.github.nnunet4j.plan;

import org.jspecify.annotations.NullMarked;
