package io.github.nnunet4j.samples;

import io.github.nnunet4j.loss.LossFunction;
import io.github.nnunet4j.loss.Losses;

/** A loss of one's own: the Brier score, mixed with Dice. */
public final class OwnLoss {
  private OwnLoss() {}

  /** The mean squared distance of probabilities and one-hot target; a plain lambda. */
  public static LossFunction brier() {
    return (logits, target) -> logits.softmax(1).sub(target.oneHot()).square().mean();
  }

  /** Losses are numbers: they add up and have weights. */
  public static LossFunction mixed() {
    return Losses.dice().plus(brier().times(0.5));
  }
}
