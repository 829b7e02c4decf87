/**
 * Judging predictions against references: overlap metrics per label or region, summaries as nnU-Net
 * v2 writes them, postprocessing.
 */
@NullMarked
package io.github.nnunet4j.evaluate;

import org.jspecify.annotations.NullMarked;
