/**
 * From an image to its segmentation, by the rules of nnU-Net v2. A {@link Predictor} prepares the
 * image as training did, lets one network per fold see overlapping tiles, and brings the result
 * back to the image's own grid.
 *
 * <p>Tiles lie at most half a patch apart; a {@link TileWeight} makes the middle of a tile count
 * more than its border, and mirrored passes are averaged. The folds are averaged, too; their {@link
 * Logits} stay on the network grid until {@link Export} resamples them class by class and chooses
 * the label of each voxel, or paints the regions in their order.
 *
 * <p>{@link FolderPrediction} takes many cases through reading, prediction and writing at the same
 * time, as a {@link PredictionJob} says, and writes probabilities class by class if they are
 * wanted; a failure names its case. What cannot fit into memory is refused before anything is
 * allocated.
 *
 * <p>In a cascade a predictor runs the previous stage on each image first, or is given its labels
 * ({@link PreviousLabels}); they become further input channels.
 */
@NullMarked
package io.github.nnunet4j.infer;

import org.jspecify.annotations.NullMarked;
