/**
 * Training losses as composable functions from logits and a {@link io.github.nnunet4j.loss.Target}
 * to a scalar. The formulas are those of nnU-Net v2.
 *
 * <p>{@link io.github.nnunet4j.loss.Losses} makes the built-in ones, which are records, add up and
 * take weights; {@code Losses.defaultFor(labels, batchDice)} is what nnU-Net trains with. A lambda
 * is a loss as well. {@link io.github.nnunet4j.loss.Targets} turns label maps into engine arrays:
 * class numbers or regions, and a mask where there is an ignore label. {@link
 * io.github.nnunet4j.loss.DeepSupervision} adds up one loss over the outputs of a network. Losses
 * of a sum share one {@link io.github.nnunet4j.loss.Prediction}, so that the softmax is computed
 * once.
 */
@NullMarked
package io.github.nnunet4j.loss;

import org.jspecify.annotations.NullMarked;
