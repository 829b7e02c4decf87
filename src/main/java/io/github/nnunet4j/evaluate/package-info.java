/**
 * Judging predictions against references. {@link Evaluation} compares pairs of label maps, of cases
 * or of two folders, in parallel; voxels with the ignore label count nowhere.
 *
 * <p>One pass over a pair counts how often each label meets each other. From these counts follow,
 * per label or region, the true and false positives and negatives, and from those every {@link
 * Metric} of nnU-Net v2, such as Dice and IoU. A structure that is in neither map has no Dice: NaN.
 *
 * <p>{@link Summary} holds the scores of all cases and their means; {@link SummaryJson} reads and
 * writes it as nnU-Net's {@code summary.json}. {@link Overlay} draws a slice with its labels, to
 * see what the numbers mean.
 */
@NullMarked
package io.github.nnunet4j.evaluate;

import org.jspecify.annotations.NullMarked;
