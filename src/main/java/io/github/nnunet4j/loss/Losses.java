package io.github.nnunet4j.loss;

import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.internal.Checks;
import java.util.List;

/**
 * The losses of nnU-Net v2. They add up and take weights: {@code
 * Losses.dice().plus(Losses.topK(0.1).times(0.5))}. All of them honour the ignore label.
 */
public final class Losses {
  private static final double SMOOTH = 1e-5;

  private Losses() {}

  /**
   * Dice as nnU-Net uses it: per sample, without background, smoothing 1e-5.
   *
   * @return the loss, values -1 to 0
   */
  public static Dice dice() {
    return new Dice(false, false, SMOOTH);
  }

  /**
   * Dice with every choice.
   *
   * @param batchDice whether the sums run over the batch as well, as if it were one image
   * @param background whether class 0 counts; regions have no background, all of them count
   * @param smooth added above and below, zero or positive
   * @return the loss, values -1 to 0
   */
  public static Dice dice(boolean batchDice, boolean background, double smooth) {
    return new Dice(batchDice, background, smooth);
  }

  /**
   * Cross-entropy of softmax and labels.
   *
   * @return the loss, at least 0
   */
  public static CrossEntropy crossEntropy() {
    return new CrossEntropy(List.of(), 0);
  }

  /**
   * Cross-entropy over the worst voxels only.
   *
   * @param fraction share of the voxels, above 0, at most 1; nnU-Net's top-k variants use 0.1
   * @return the loss, at least 0
   */
  public static TopK topK(double fraction) {
    return new TopK(fraction, crossEntropy());
  }

  /**
   * Binary cross-entropy of the sigmoid with each region.
   *
   * @return the loss, at least 0
   */
  public static BinaryCrossEntropy bce() {
    return new BinaryCrossEntropy();
  }

  /**
   * The sum of losses.
   *
   * @param parts at least one
   * @return the sum
   */
  public static LossFunction sum(LossFunction... parts) {
    Checks.argument(parts.length > 0, "a sum has at least one part");
    return new LossSum(List.of(parts));
  }

  /**
   * What nnU-Net v2 trains with: Dice and cross-entropy, or for regions Dice and binary
   * cross-entropy, weight 1 each, smoothing 1e-5.
   *
   * @param labels of the data set
   * @param batchDice what the plan says
   * @return the loss
   */
  public static LossFunction defaultFor(Labels labels, boolean batchDice) {
    boolean regions = labels.hasRegions();
    Dice dice = dice(batchDice, regions, SMOOTH);
    return dice.plus(regions ? bce() : crossEntropy());
  }
}
