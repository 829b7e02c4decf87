package io.github.nnunet4j.samples;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.pooling.Pool;
import io.github.nnunet4j.loss.DeepSupervision;
import io.github.nnunet4j.loss.LossFunction;
import io.github.nnunet4j.loss.Target;
import io.github.nnunet4j.loss.Targets;
import io.github.nnunet4j.network.NetworkTopology;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Weights and targets of one's own for the outputs of a network: equal weights of all coarse
 * outputs (Lee et al. 2015, "Deeply-supervised nets"), and labels that are unsure where tissues
 * meet, after spatially varying label smoothing (Islam and Glocker 2021, arXiv 2104.05788).
 */
public final class OwnDeepSupervision {
  private OwnDeepSupervision() {}

  /** The finest output counts for 1, every other for a share of it; weights are plain numbers. */
  public static DeepSupervision equal(NetworkTopology network, double share) {
    List<Double> weights = new ArrayList<>();
    for (List<Integer> scale : network.scales()) {
      weights.add(scale.stream().allMatch(factor -> factor == 1) ? 1 : share);
    }
    return new DeepSupervision(weights);
  }

  /**
   * Shows a loss other targets than the labels: each voxel becomes the mean of itself and its
   * neighbours. For classes; a loss that takes shares, such as cross-entropy or Dice.
   *
   * @param loss on the smoothed targets
   */
  public record Smoothed(LossFunction loss) implements LossFunction {
    @Override
    public NDArray evaluate(NDArray logits, Target target) {
      Target smooth = Targets.ofShares(means(target.oneHot()));
      return loss.evaluate(
          logits, target.mask().map(mask -> Targets.masked(smooth, mask)).orElse(smooth));
    }

    /** Who wraps a loss hands the time of the training through. */
    @Override
    public LossFunction at(double progress) {
      return new Smoothed(loss.at(progress));
    }

    /** Neighbours outside of the patch do not count. */
    private static NDArray means(NDArray oneHot) {
      return boxes(oneHot).div(boxes(oneHot.onesLike()));
    }

    /** A 27th, or in two dimensions a 9th, of the sum over each voxel and its neighbours. */
    private static NDArray boxes(NDArray x) {
      int axes = x.getShape().dimension() - 2;
      NDArray padded = x.pad(all(1, 2 * axes), 0);
      return axes == 2
          ? Pool.avgPool2d(padded, all(3, 2), all(1, 2), all(0, 2), false, true)
          : Pool.avgPool3d(padded, all(3, 3), all(1, 3), all(0, 3), false, true);
    }

    private static Shape all(long value, int axes) {
      return new Shape(LongStream.generate(() -> value).limit(axes).toArray());
    }
  }
}
