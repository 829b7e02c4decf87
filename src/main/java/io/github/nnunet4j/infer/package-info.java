/**
 * Prediction: tiles with Gaussian weights, mirroring, averaging of folds, and export to the grid of
 * the input image (the rules of nnU-Net v2).
 */
@NullMarked
package io.github.nnunet4j.infer;

import org.jspecify.annotations.NullMarked;
