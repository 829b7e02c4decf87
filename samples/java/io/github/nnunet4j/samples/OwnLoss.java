package io.github.nnunet4j.samples;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.github.nnunet4j.loss.LossFunction;
import io.github.nnunet4j.loss.Losses;
import io.github.nnunet4j.loss.Prediction;
import io.github.nnunet4j.loss.Target;

/**
 * A loss of one's own: noise-robust Dice (Wang et al. 2020, "A noise-robust framework for automatic
 * segmentation of COVID-19 pneumonia lesions from CT images"): sum |p - g|^gamma / (sum p^2 + sum
 * g^2). With gamma 2 it is a soft Dice loss, with 1 the mean absolute error, which forgives wrong
 * labels.
 *
 * @param gamma 1 to 2; the paper takes 1.5
 */
public record OwnLoss(double gamma) implements LossFunction {
  /** Refuses what is no mixture of both. */
  public OwnLoss {
    if (!(gamma >= 1 && gamma <= 2)) {
      throw new IllegalArgumentException("gamma is 1 to 2, not " + gamma);
    }
  }

  @Override
  public NDArray evaluate(NDArray logits, Target target) {
    try (Prediction prediction = Prediction.of(logits, target)) {
      return evaluate(prediction, target);
    }
  }

  /** In a sum of losses this one is called, so that the softmax is computed once. */
  @Override
  public NDArray evaluate(Prediction prediction, Target target) {
    NDArray p = counted(prediction.probabilities(), target); // a sigmoid where there are regions
    NDArray g = counted(target.oneHot(), target);
    // not pow(gamma): the engine would look for a Java number that may be gone by then
    NDArray exponent = p.getManager().full(new Shape(), (float) gamma, p.getDataType());
    NDArray errors = p.sub(g).abs().pow(exponent).sum();
    NDArray sizes = p.square().sum().add(g.square().sum()).add(1e-5f);
    return errors.div(sizes);
  }

  /** Voxels of the ignore label become 0 in both. */
  private static NDArray counted(NDArray channels, Target target) {
    return target.mask().map(channels::mul).orElse(channels);
  }

  /** Losses are numbers: they add up and have weights, also such as follow the training. */
  public static LossFunction mixed() {
    return Losses.dice()
        .plus(Losses.crossEntropy())
        .fadingInto(new OwnLoss(1.5).plus(Losses.crossEntropy().times(0.5)), 0.5, 0.8);
  }
}
