/**
 * The user's data as nnU-Net sees it. A {@link Dataset} is a {@link DatasetDescription} (channels,
 * labels, file ending) with its cases. A {@link Case} is an image of some channels and, for
 * training, a reference; it is read each time it is asked for and may come from files, memory or
 * elsewhere.
 *
 * <p>{@link DatasetFolder} reads folders in the layouts of nnU-Net v2, v1 and the Medical
 * Segmentation Decathlon. {@link Labels} say what the numbers of a reference mean: plain classes or
 * overlapping regions, and possibly an ignore label.
 *
 * <p>{@link IntegrityCheck} looks at all cases and reports everything that is wrong at once. {@link
 * Folds} divide the cases for cross-validation; {@link SplitsJson} reads and writes nnU-Net's
 * {@code splits_final.json}.
 */
@NullMarked
package io.github.nnunet4j.dataset;

import org.jspecify.annotations.NullMarked;
