/**
 * Training losses as composable functions from logits and a {@link io.github.nnunet4j.loss.Target}
 * to a scalar. The formulas are those of nnU-Net v2.
 */
@NullMarked
package io.github.nnunet4j.loss;

import org.jspecify.annotations.NullMarked;
