/**
 * From an image on its own grid to the network grid and back: transpose, crop to nonzero, normalize
 * intensities, resample (the order of nnU-Net v2). A {@link io.github.nnunet4j.preprocess.Recipe}
 * is the value that says how; training and prediction use the very same one.
 */
@NullMarked
package io.github.nnunet4j.preprocess;

import org.jspecify.annotations.NullMarked;
