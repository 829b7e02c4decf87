/**
 * The user data as nnU-Net sees it: cases of some channels with reference labels, the meaning of
 * the labels (plain classes or overlapping regions, an ignore label) and the folds of the
 * cross-validation. Nothing here is derived from voxels.
 */
@NullMarked
package io.github.nnunet4j.dataset;

import org.jspecify.annotations.NullMarked;
