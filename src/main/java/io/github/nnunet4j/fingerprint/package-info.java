/**
 * The data set fingerprint: extents after the nonzero crop, spacings and foreground intensities of
 * the training cases (Isensee et al. 2021, and nnU-Net v2 {@code dataset_fingerprint.json}).
 */
@NullMarked
package io.github.nnunet4j.fingerprint;

import org.jspecify.annotations.NullMarked;
