/**
 * Training losses as composable functions from logits and a {@link io.github.nnunet4j.loss.Target}
 * to a scalar. The formulas are those of nnU-Net v2 and v1, and of the papers that the others name.
 *
 * <p>{@link io.github.nnunet4j.loss.Losses} makes the built-in ones, which are records, add up and
 * take weights; {@code Losses.defaultFor(labels, batchDice)} is what nnU-Net trains with. A lambda
 * is a loss as well. A weight may follow the training: the trainer asks for the loss in force by
 * {@link io.github.nnunet4j.loss.LossFunction#at} once per epoch, so none has a state. {@link
 * io.github.nnunet4j.loss.Targets} turns label maps into engine arrays: class numbers, regions or
 * soft classes of coarse outputs, and a mask where there is an ignore label. {@link
 * io.github.nnunet4j.loss.DeepSupervision} adds up one loss over the outputs of a network. Losses
 * of a sum share one {@link io.github.nnunet4j.loss.Prediction}, so that the softmax is computed
 * once.
 */
@NullMarked
package io.github.nnunet4j.loss;

import org.jspecify.annotations.NullMarked;
