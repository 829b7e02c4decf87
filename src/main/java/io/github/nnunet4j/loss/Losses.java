package io.github.nnunet4j.loss;

import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.internal.Checks;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;

/**
 * The losses of nnU-Net v2 and v1, and some that its users ask for. They add up, take weights and
 * follow the training: {@code Losses.dice().plus(Losses.topK(0.1).times(0.5))}. All of them honour
 * the ignore label; those of overlaps and distances take regions as well.
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
    return dice(false, false, SMOOTH);
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
    return new Dice(ClassMean.of(batchDice, background), smooth, 0, 0);
  }

  /**
   * Dice with squares below (nnU-Net v1 {@code SoftDiceLossSquared}).
   *
   * @param batchDice whether the sums run over the batch as well
   * @param background whether class 0 counts
   * @param smooth zero or positive; nnU-Net takes 1e-5
   * @return the loss, values -1 to 0, apart from the smoothing
   */
  public static SquaredDice squaredDice(boolean batchDice, boolean background, double smooth) {
    return new SquaredDice(ClassMean.of(batchDice, background), smooth);
  }

  /**
   * Generalized Dice (nnU-Net v1 {@code GDL}), products and volumes not squared.
   *
   * @param batchDice whether the sums run over the batch as well
   * @param background whether class 0 counts
   * @param smooth added above and below, zero or positive; nnU-Net takes 1e-5
   * @return the loss, values -1 to 0
   */
  public static GeneralizedDice generalizedDice(
      boolean batchDice, boolean background, double smooth) {
    return new GeneralizedDice(ClassMean.of(batchDice, background), smooth, false, false);
  }

  /**
   * The Matthews correlation coefficient (nnU-Net v1 {@code MCCLoss}).
   *
   * @param batch whether the sums run over the batch as well
   * @param background whether class 0 counts
   * @param smooth zero or positive; nnU-Net takes 0
   * @return the loss, values -1 to 1
   */
  public static MatthewsCorrelation matthewsCorrelation(
      boolean batch, boolean background, double smooth) {
    return new MatthewsCorrelation(ClassMean.of(batch, background), smooth);
  }

  /**
   * The Tversky index, per sample, without background, smoothing 1e-5.
   *
   * @param falsePositives their weight, zero or positive, such as 0.3
   * @param falseNegatives their weight, zero or positive, such as 0.7 for small lesions
   * @return the loss, values -1 to 0; {@code tversky(0.3, 0.7).focal(4.0 / 3)} is focal Tversky
   */
  public static Tversky tversky(double falsePositives, double falseNegatives) {
    return new Tversky(ClassMean.of(false, false), falsePositives, falseNegatives, SMOOTH);
  }

  /**
   * clDice for tubular structures, per sample, without background, smoothing 1.
   *
   * @param iterations erosions, at least as many as the largest radius of a structure in voxels
   * @return the loss, values -1 to 0
   */
  public static CenterlineDice centerlineDice(int iterations) {
    return new CenterlineDice(ClassMean.of(false, false), iterations, 1);
  }

  /**
   * The boundary loss of the foreground, distances in voxels.
   *
   * @return the loss, a mean distance, below 0 inside of the target
   */
  public static BoundaryLoss boundary() {
    return new BoundaryLoss(false, List.of());
  }

  /**
   * The Hausdorff distance loss of the foreground, distances in voxels squared, of both sides.
   *
   * @return the loss, at least 0
   */
  public static HausdorffLoss hausdorff() {
    return new HausdorffLoss(false, List.of(), 2, false);
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
   * The focal loss, all classes with the same weight, without smoothing. nnU-Net v1 takes {@code
   * focal(2).withAlpha(0.5, 0).withSmooth(1e-5)}.
   *
   * @param gamma zero or positive, such as 2
   * @return the loss, at least 0
   */
  public static Focal focal(double gamma) {
    return new Focal(List.of(), Optional.empty(), gamma, 0, false);
  }

  /**
   * Binary cross-entropy of the sigmoid with each region.
   *
   * @return the loss, at least 0
   */
  public static BinaryCrossEntropy bce() {
    return new BinaryCrossEntropy(List.of());
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
   * Another loss at another time: {@code Losses.during(p -> p < 0.5 ? Losses.crossEntropy() :
   * Losses.dice())}.
   *
   * @param rule the loss by the progress, finished epochs / all epochs, 0 to 1
   * @return a loss that is to be asked for by {@link LossFunction#at}, as the trainer does
   */
  public static LossFunction during(DoubleFunction<? extends LossFunction> rule) {
    return new LossSchedule(rule);
  }

  /**
   * A loss for networks that end in a softmax or sigmoid of their own, which is not applied again.
   *
   * @param loss any
   * @return the loss
   */
  public static LossFunction onProbabilities(LossFunction loss) {
    return new OnProbabilities(loss);
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
